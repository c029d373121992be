// Nakama finds handlers by name, as functions at the top level of the bundle, and reads the registrations
// from the text of InitModule: both must stay as plain as they are. All else is in the closure `onlineMatch`.
import * as onlineMatch from './nakama/index.ts';

function matchInit(...args: Parameters<typeof onlineMatch.matchInit>) {
  return onlineMatch.matchInit(...args);
}

function matchJoinAttempt(...args: Parameters<typeof onlineMatch.matchJoinAttempt>) {
  return onlineMatch.matchJoinAttempt(...args);
}

function matchJoin(...args: Parameters<typeof onlineMatch.matchJoin>) {
  return onlineMatch.matchJoin(...args);
}

function matchLeave(...args: Parameters<typeof onlineMatch.matchLeave>) {
  return onlineMatch.matchLeave(...args);
}

function matchLoop(...args: Parameters<typeof onlineMatch.matchLoop>) {
  return onlineMatch.matchLoop(...args);
}

function matchTerminate(...args: Parameters<typeof onlineMatch.matchTerminate>) {
  return onlineMatch.matchTerminate(...args);
}

function matchSignal(...args: Parameters<typeof onlineMatch.matchSignal>) {
  return onlineMatch.matchSignal(...args);
}

function beforeMatchCreate(...args: Parameters<typeof onlineMatch.beforeMatchCreate>) {
  return onlineMatch.beforeMatchCreate(...args);
}

function beforeMatchJoin(...args: Parameters<typeof onlineMatch.beforeMatchJoin>) {
  return onlineMatch.beforeMatchJoin(...args);
}

function beforeMatchDataSend(...args: Parameters<typeof onlineMatch.beforeMatchDataSend>) {
  return onlineMatch.beforeMatchDataSend(...args);
}

function afterMatchJoin(...args: Parameters<typeof onlineMatch.afterMatchJoin>) {
  return onlineMatch.afterMatchJoin(...args);
}

function beforeMatchmakerAdd(...args: Parameters<typeof onlineMatch.beforeMatchmakerAdd>) {
  return onlineMatch.beforeMatchmakerAdd(...args);
}

function beforePartyMatchmakerAdd(...args: Parameters<typeof onlineMatch.beforePartyMatchmakerAdd>) {
  return onlineMatch.beforePartyMatchmakerAdd(...args);
}

function matchmakerMatched(...args: Parameters<typeof onlineMatch.matchmakerMatched>) {
  return onlineMatch.matchmakerMatched(...args);
}

function createOnlineMatch(...args: Parameters<typeof onlineMatch.createOnlineMatch>) {
  return onlineMatch.createOnlineMatch(...args);
}

function sealOnlineMatch(...args: Parameters<typeof onlineMatch.sealOnlineMatch>) {
  return onlineMatch.sealOnlineMatch(...args);
}

function getOnlineMatch(...args: Parameters<typeof onlineMatch.getOnlineMatch>) {
  return onlineMatch.getOnlineMatch(...args);
}

function getIceServers(...args: Parameters<typeof onlineMatch.getIceServers>) {
  return onlineMatch.getIceServers(...args);
}

function InitModule(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  initializer: nkruntime.Initializer,
) {
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
  initializer.registerRtBefore('MatchmakerAdd', beforeMatchmakerAdd);
  initializer.registerRtBefore('PartyMatchmakerAdd', beforePartyMatchmakerAdd);
  initializer.registerMatchmakerMatched(matchmakerMatched);
  initializer.registerRpc('create_online_match', createOnlineMatch);
  initializer.registerRpc('seal_online_match', sealOnlineMatch);
  initializer.registerRpc('get_online_match', getOnlineMatch);
  initializer.registerRpc('get_ice_servers', getIceServers);
}
