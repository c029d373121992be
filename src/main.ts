// Nakama finds handlers by name and reads the registrations from the text of InitModule, so both must stay as
// plain as they are. All else is in the closure `onlineMatch`.
import * as onlineMatch from './nakama/index.ts';

// Constants, which cost every match half of what functions at the top level do.
const { matchInit, matchJoinAttempt, matchJoin, matchLeave, matchLoop, matchTerminate, matchSignal } =
  onlineMatch;
const { beforeListMatches, beforeMatchCreate, beforeMatchJoin, beforeMatchDataSend } = onlineMatch;
const { afterMatchJoin, afterMatchLeave } = onlineMatch;
const { beforeMatchmakerAdd, beforePartyMatchmakerAdd, matchmakerMatched } = onlineMatch;
const { createOnlineMatch, sealOnlineMatch, transferOnlineMatch, getOnlineMatch } = onlineMatch;
const {
  findOnlineMatch,
  listOnlineMatches,
  updateOnlineMatch,
  kickFromOnlineMatch,
  unlockOnlineMatch,
  inviteToOnlineMatch,
  joinOrCreateOnlineMatch,
  getIceServers,
} = onlineMatch;

function InitModule(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  initializer: nkruntime.Initializer,
) {
  // Nakama registers what is on the global object, here, and calls what has that name, wherever it is.
  Object.assign(globalThis, onlineMatch);
  onlineMatch.init(ctx, logger, nk);
  initializer.registerMatch('online_match', {
    matchInit,
    matchJoinAttempt,
    matchJoin,
    matchLeave,
    matchLoop,
    matchTerminate,
    matchSignal,
  });
  initializer.registerRtBefore('MatchCreate', beforeMatchCreate);
  initializer.registerRtBefore('MatchJoin', beforeMatchJoin);
  initializer.registerRtBefore('MatchDataSend', beforeMatchDataSend);
  initializer.registerRtAfter('MatchJoin', afterMatchJoin);
  initializer.registerRtAfter('MatchLeave', afterMatchLeave);
  initializer.registerRtBefore('MatchmakerAdd', beforeMatchmakerAdd);
  initializer.registerRtBefore('PartyMatchmakerAdd', beforePartyMatchmakerAdd);
  initializer.registerBeforeListMatches(beforeListMatches);
  initializer.registerMatchmakerMatched(matchmakerMatched);
  initializer.registerRpc('create_online_match', createOnlineMatch);
  initializer.registerRpc('seal_online_match', sealOnlineMatch);
  initializer.registerRpc('transfer_online_match', transferOnlineMatch);
  initializer.registerRpc('get_online_match', getOnlineMatch);
  initializer.registerRpc('find_online_match', findOnlineMatch);
  initializer.registerRpc('list_online_matches', listOnlineMatches);
  initializer.registerRpc('update_online_match', updateOnlineMatch);
  initializer.registerRpc('kick_from_online_match', kickFromOnlineMatch);
  initializer.registerRpc('unlock_online_match', unlockOnlineMatch);
  initializer.registerRpc('invite_to_online_match', inviteToOnlineMatch);
  initializer.registerRpc('join_or_create_online_match', joinOrCreateOnlineMatch);
  initializer.registerRpc('get_ice_servers', getIceServers);
}
