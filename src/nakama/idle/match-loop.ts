import { NEW_MATCH } from '../match/handler.ts';
import type { NewMatch } from '../match/make-match.ts';
import { matchLoop as loopMatch } from '../match/match.ts';
import type { State } from '../match/state.ts';
import { isFlagged } from '../server/passed.ts';
import { isTracked } from '../server/streams.ts';
import { matchInit as initMatch } from './match-init.ts';
import { forgetUnused } from './parts.ts';

// All that most matches do most of the time, apart from the rest of the match, so that they need no more code.

export const matchInit: nkruntime.MatchInitFunction<State> = (ctx, logger, nk, params) => {
  const made: unknown = params[NEW_MATCH];
  return typeof made === 'string' ? (JSON.parse(made) as NewMatch) : initMatch(ctx, logger, nk, params);
};

/** How often a room at rest looks what passed between its players. */
const TRAFFIC_TICKS = 10;

/** A room at rest costs what an empty match costs. */
export const matchLoop: nkruntime.MatchLoopFunction<State> = (
  ctx,
  logger,
  nk,
  dispatcher,
  tick,
  state,
  messages,
) => {
  const isAtRest =
    messages.length === 0 &&
    !(tick % TRAFFIC_TICKS === 0 && isFlagged(nk, ctx.matchId ?? '')) &&
    (tick < state.idleUntil || (tick < state.watchesUntil && isWatchedHere(nk, ctx, state)));
  if (!isAtRest) return loopMatch(ctx, logger, nk, dispatcher, tick, state, messages);
  forgetUnused();
  return { state };
};

function isWatchedHere(
  nk: nkruntime.Nakama,
  { matchId = '' }: nkruntime.Context,
  { watched }: State,
): boolean {
  return watched !== null && isTracked(nk, matchId, watched.userId, watched.sessionId);
}
