/** What Nakama calls outside of matches. */

export { afterMatchJoin, beforeMatchJoin } from '../hooks/after-match-join.ts';
export { beforeMatchCreate } from '../hooks/before-match-create.ts';
export { beforeMatchDataSend } from '../hooks/before-match-data-send.ts';
export { beforeMatchmakerAdd, beforePartyMatchmakerAdd, matchmakerMatched } from '../hooks/ticket.ts';
export { createOnlineMatch, getOnlineMatch, sealOnlineMatch } from '../rpcs/create-online-match.ts';
export { getIceServers } from '../server/ice-servers.ts';
export { init } from '../server/init.ts';
