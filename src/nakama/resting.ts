import { matchLoop as loopMatch } from './match.ts';
import { isTracked } from './rooms.ts';
import type { State } from './state.ts';

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
  const { until, watched } = state.rest;
  const isAtRest =
    tick < until &&
    state.tally.reported === null &&
    messages.length === 0 &&
    (watched === null || isTracked(nk, ctx.matchId ?? '', watched.userId, watched.sessionId));
  return isAtRest ? { state } : loopMatch(ctx, logger, nk, dispatcher, tick, state, messages);
};
