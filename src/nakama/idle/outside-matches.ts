/** What Nakama calls outside of matches: a part of the bundle, which no match evaluates. */
export { afterMatchJoin } from '../hooks/after-match-join.ts';
export { afterMatchLeave } from '../hooks/after-match-leave.ts';
export { beforeListMatches } from '../hooks/before-list-matches.ts';
export { beforeMatchCreate } from '../hooks/before-match-create.ts';
export { beforeMatchDataSend } from '../hooks/before-match-data-send.ts';
export { beforeMatchJoin } from '../hooks/before-match-join.ts';
export { beforeMatchmakerAdd } from '../hooks/before-matchmaker-add.ts';
export { beforePartyMatchmakerAdd } from '../hooks/before-party-matchmaker-add.ts';
export { matchmakerMatched } from '../hooks/matchmaker-matched.ts';
export { createOnlineMatch } from '../rpcs/create-online-match.ts';
export { findOnlineMatch } from '../rpcs/find-online-match.ts';
export { getIceServers } from '../rpcs/get-ice-servers.ts';
export { getOnlineMatch } from '../rpcs/get-online-match.ts';
export { listOnlineMatches } from '../rpcs/list-online-matches.ts';
export { sealOnlineMatch } from '../rpcs/seal-online-match.ts';
export { transferOnlineMatch } from '../rpcs/transfer-online-match.ts';
export { init } from '../server/init.ts';
