export { getIceServers } from './ice-servers.ts';
export { init } from './init.ts';
export {
  matchJoin,
  matchJoinAttempt,
  matchLeave,
  matchSignal,
  matchTerminate,
} from './match.ts';
export { beforeMatchCreate } from './match-create.ts';
export { beforeMatchDataSend } from './match-data.ts';
export { afterMatchJoin, beforeMatchJoin } from './match-join.ts';
export { beforeMatchmakerAdd, beforePartyMatchmakerAdd, matchmakerMatched } from './matchmaker.ts';
export { matchInit, matchLoop } from './resting.ts';
export { createOnlineMatch, getOnlineMatch, sealOnlineMatch } from './rpc.ts';
