/** What Nakama calls outside of matches. */
export { getIceServers } from './ice-servers.ts';
export { init } from './init.ts';
export { beforeMatchCreate } from './match-create.ts';
export { beforeMatchDataSend } from './match-data.ts';
export { afterMatchJoin, beforeMatchJoin } from './match-join.ts';
export { beforeMatchmakerAdd, beforePartyMatchmakerAdd, matchmakerMatched } from './matchmaker.ts';
export { createOnlineMatch, getOnlineMatch, sealOnlineMatch } from './rpc.ts';
