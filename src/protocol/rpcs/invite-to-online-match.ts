import { isNonEmptyString, parseObject } from '../fields.ts';
import type { Label } from '../label.ts';
import { type Decoded, decodeRequest } from './request.ts';

// invite_to_online_match: a member has others told of the match, who need no password then.

export const MOST_INVITED = 16;

/** Of the notification that the invited get; below 0 are Nakama's own. */
export const INVITATION_CODE = 9020;

export interface InviteRequest {
  readonly matchId: string;
  readonly userIds: readonly string[];
}

/** Clients write the request. */
export function encodeInviteRequest({ matchId, userIds }: InviteRequest): string {
  return JSON.stringify({ match_id: matchId, user_ids: userIds });
}

/** The server reads it; of ids that are named twice, one. */
export function decodeInviteRequest(payload: string): Decoded<InviteRequest> {
  return decodeRequest(payload, (fields) => {
    const matchId = fields.required('match_id', isNonEmptyString, 'the id of a match');
    const userIds = fields.required('user_ids', areUserIds, `1 to ${MOST_INVITED} ids of users`);
    return { matchId, userIds: areUserIds(userIds) ? [...new Set(userIds)] : [] };
  });
}

function areUserIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_INVITED && value.every(isUserId);
}

function isUserId(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}

/** The server answers no more than that it was heard: who blocks whom is nobody's business. */
export function encodeInvited(matchId: string): string {
  return JSON.stringify({ match_id: matchId });
}

/** What the notification says. */
export interface Invitation {
  readonly matchId: string;
  readonly code: string;
  /** Of the match. */
  readonly name: string;
  /** Username of the host; null while there is none. */
  readonly host: string | null;
}

export function invitationFields(
  matchId: string,
  code: string,
  { name, host }: Pick<Label, 'name' | 'host'>,
) {
  return { match_id: matchId, code, name, host };
}

/** Clients read a notification's content; null where it is no invitation. */
export function decodeInvitation(content: string): Invitation | null {
  const { match_id, code, name, host } = parseObject(content) ?? {};
  if (!isNonEmptyString(match_id) || !isNonEmptyString(code)) return null;
  return {
    matchId: match_id,
    code,
    name: typeof name === 'string' ? name : '',
    host: typeof host === 'string' ? host : null,
  };
}
