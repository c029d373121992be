export { matchInit, matchLoop } from './idle/match-loop.ts';
export * from './idle/outside-matches.ts';
export { matchJoin, matchJoinAttempt, matchLeave, matchSignal, matchTerminate } from './match/match.ts';
