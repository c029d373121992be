import { decodeLabel } from '../../protocol/label.ts';
import { refuse } from '../../protocol/refusal.ts';
import { INVITATION_CODE, invitationFields } from '../../protocol/rpcs/invite-to-online-match.ts';
import { askDatabase } from './database.ts';
import { labelOfMatch } from './match-label.ts';
import { count } from './metrics.ts';
import type { Settings } from './settings.ts';
import { throwRefusal } from './throw-refusal.ts';
import { takeToken } from './token-bucket.ts';

/** So many reach one user within a minute, from whomever. */
const RECEIVED = { size: 10, perMinute: 10 };

/** @throws the refusal `too-many-requests` */
export function takeInvitations(nk: nkruntime.Nakama, settings: Settings, from: string, many: number): void {
  const perMinute = settings.ONLINE_MATCH_INVITATIONS_PER_MINUTE;
  if (takeToken(nk, `online_match/invitations/${from}`, { size: perMinute, perMinute }, many)) return;
  throwRefusal(
    nk,
    refuse('too-many-requests', `more than ${perMinute} invitations within a minute, wait a little`),
  );
}

interface Invitations {
  readonly matchId: string;
  readonly code: string;
  /** Null for the game's own backend. */
  readonly from: string | null;
  readonly to: readonly string[];
}

/** By notifications that Nakama does not keep: an invitation is for now. @throws where the database cannot be asked. */
export function sendInvitations(nk: nkruntime.Nakama, { matchId, code, from, to }: Invitations): void {
  const room = decodeLabel(labelOfMatch(nk, matchId) ?? '');
  if (room === null) return;
  const deaf = from === null ? [] : blockersOf(nk, from, to);
  for (const userId of to) {
    const isHeard =
      !deaf.includes(userId) &&
      takeToken(nk, `online_match/invited/${userId}`, RECEIVED) &&
      notify(nk, userId, invitationFields(matchId, code, room), from);
    count(nk, 'online_match_invitations_total', { outcome: isHeard ? 'sent' : 'not-sent' });
  }
}

/** One by one: of a list, an unknown user fails all. */
function notify(nk: nkruntime.Nakama, userId: string, content: object, from: string | null): boolean {
  try {
    nk.notificationSend(userId, 'online_match_invitation', { ...content }, INVITATION_CODE, from, false);
    return true;
  } catch {
    return false;
  }
}

/** Those of the users who block somebody, in one look; Nakama's own functions list all whom one of them blocks. */
function blockersOf(nk: nkruntime.Nakama, blocked: string, users: readonly string[]): readonly string[] {
  const places = users.map((_, index) => `$${index + 2}`).join(', ');
  const query = `SELECT source_id FROM user_edge WHERE destination_id = $1 AND state = 3 AND source_id IN (${places})`;
  return askDatabase(nk, () => nk.sqlQuery(query, [blocked, ...users])).map(({ source_id }) =>
    String(source_id),
  );
}
