/** What travels on a Nakama socket, as far as these tests look at it (proto names, JSON). */

export interface Presence {
  user_id: string;
  session_id: string;
  username: string;
}

export interface Match {
  match_id: string;
  authoritative?: boolean;
  label?: string;
  size?: number;
  presences?: Presence[];
  self: Presence;
}

/** `data` is base64 text; an absent field stands for its zero value. */
export interface MatchData {
  match_id: string;
  presence?: Presence;
  op_code: string;
  data?: string;
}

export interface PresenceEvent {
  match_id: string;
  joins?: Presence[];
  leaves?: Presence[];
}

export interface MatchedUser {
  presence: Presence;
  string_properties?: Record<string, string>;
  numeric_properties?: Record<string, number>;
  party_id?: string;
}

export interface Matched {
  ticket: string;
  match_id?: string;
  token?: string;
  users: MatchedUser[];
  self: MatchedUser;
}

/** What a player looks for at the matchmaker. */
export interface Ticket {
  min_count: number;
  max_count: number;
  query?: string;
  string_properties?: Record<string, string>;
  numeric_properties?: Record<string, number>;
}

/** Every kind of message a bot may be sent, by its envelope key. */
export interface Notification {
  subject: string;
  /** JSON. */
  content: string;
  code: number;
  sender_id?: string;
}

export interface Messages {
  match: Match;
  match_data: MatchData;
  match_presence_event: PresenceEvent;
  matchmaker_ticket: { ticket: string };
  matchmaker_matched: Matched;
  party: { party_id: string; self: Presence };
  party_matchmaker_ticket: { party_id: string; ticket: string };
  notifications: { notifications: Notification[] };
  rpc: { id: string; payload?: string };
  error: { code: number; message: string };
  pong: Record<string, never>;
}

export type Kind = keyof Messages;

export type Envelope = { cid?: string } & { [K in Kind]?: Messages[K] } & Record<string, unknown>;

export const base64Of = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
export const bytesOf = (data: MatchData): Buffer => Buffer.from(data.data ?? '', 'base64');
export const jsonOf = (data: MatchData) => JSON.parse(bytesOf(data).toString());
