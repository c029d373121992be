export * from './hooks.ts';
export { matchJoin, matchJoinAttempt, matchLeave, matchSignal, matchTerminate } from './match.ts';
export { matchInit, matchLoop } from './resting.ts';
