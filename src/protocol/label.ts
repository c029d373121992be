import { parseObject } from './fields.ts';

/** "waiting": nobody has come; "gathering": below min_players; "closed": the host has left. */
export type Phase = 'waiting' | 'gathering' | 'ready' | 'sealed' | 'closed';

/** What a listing shows of a room. */
export interface Label {
  readonly phase: Phase;
  readonly players: number;
  /** Seats that can be had now: none in a sealed or closed room. */
  readonly openSeats: number;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly clientVersion: string | null;
  /** `clientVersion` in a form that needs no escaping in a Nakama query. */
  readonly versionKey: string;
  /** Username of the host. */
  readonly host: string | null;
}

const PREFIX = '{"kind":"online_match",';

/** Whether a match label was written by this module. */
export function isRoomLabel(label: string): boolean {
  return label.startsWith(PREFIX);
}

export function encodeLabel(label: Label): string {
  return JSON.stringify({
    kind: 'online_match',
    phase: label.phase,
    players: label.players,
    open_seats: label.openSeats,
    min_players: label.minPlayers,
    max_players: label.maxPlayers,
    client_version: label.clientVersion,
    version_key: label.versionKey,
    host: label.host,
  });
}

/** The label as `get_online_match` answers it, or null when it is not a room's. */
export function lobbyViewOf(matchId: string, label: string): string | null {
  const fields = isRoomLabel(label) ? parseObject(label) : null;
  if (fields === null) return null;
  const { kind: _kind, version_key: _key, ...shown } = fields;
  return JSON.stringify({ match_id: matchId, ...shown });
}

/** The phase that a label tells, or null when it is not a room's. */
export function phaseIn(label: string): Phase | null {
  return isRoomLabel(label) ? ((parseObject(label)?.phase as Phase | undefined) ?? null) : null;
}
