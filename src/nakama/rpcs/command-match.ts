import { refuse } from '../../protocol/refusal.ts';
import type { Asker } from '../../room/host/asker.ts';
import { type Command, refuseAsker } from '../../room/host/commands.ts';
import { askMatch } from '../server/ask-match.ts';
import { isUserAway } from '../server/away-users.ts';
import { isRoom } from '../server/match-label.ts';
import { type Commanded, decodeCommanded, type Signal } from '../server/signals.ts';
import { isUserIn } from '../server/streams.ts';
import { throwNotFound, throwRefusal } from '../server/throw-refusal.ts';

/** Has a match carry out a host's, a member's or the backend's command. @throws the refusal of one that it does not. */
export function commandMatch(
  ctx: nkruntime.Context,
  nk: nkruntime.Nakama,
  matchId: string,
  command: Command,
  lock?: string,
): Commanded {
  if (!isRoom(nk, matchId)) return throwNotFound(nk);
  const by = askerIn(ctx);
  if (!mayAsk(nk, matchId, by)) return throwRefusal(nk, refuseAsker(command.name));
  return ask(nk, matchId, { type: 'commanded', by, command, ...(lock !== undefined && { lock }) });
}

/** Asks a match something that it answers. @throws the refusal of what it does not do. */
export function ask(nk: nkruntime.Nakama, matchId: string, signal: Signal): Commanded {
  const answer = askMatch(nk, matchId, signal);
  if (answer.outcome === 'gone') return throwNotFound(nk);
  if (answer.outcome !== 'done') return throwRefusal(nk, refuse('busy', 'the match is too busy, try again'));
  const commanded = decodeCommanded(answer.data);
  return commanded.refusal === null ? commanded : throwRefusal(nk, commanded.refusal);
}

function askerIn({ userId }: nkruntime.Context): Asker {
  return userId ? { userId } : null;
}

/** A stranger must not reach a room's signal queue, where their calls would keep its players waiting. */
function mayAsk(nk: nkruntime.Nakama, matchId: string, by: Asker): boolean {
  return by === null || isUserIn(nk, matchId, by.userId) || isUserAway(nk, matchId, by.userId);
}
