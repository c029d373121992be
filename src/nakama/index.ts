/** What a module registers with Nakama: all that the package exports. */

export { matchInit, matchLoop } from './idle/match-loop.ts';
export * from './idle/outside-matches.ts';
export { matchJoin, matchJoinAttempt, matchLeave, matchSignal, matchTerminate } from './match/match.ts';
