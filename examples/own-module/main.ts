// A game with a server module of its own that adds online matches to it. Nakama loads one JavaScript file,
// finds handlers by name as functions at its top level, and reads the registrations from the text of
// InitModule: hence the one-line functions and the flat block.
import onlineMatch from '../../build/online-match.js';
import { arena, createArena } from './arena.ts';

type Args<T extends (...args: never) => unknown> = Parameters<T>;

// Online matches: copy from here …
function onlineMatchInit(...args: Args<typeof onlineMatch.matchInit>) {
  return onlineMatch.matchInit(...args);
}
function onlineMatchJoinAttempt(...args: Args<typeof onlineMatch.matchJoinAttempt>) {
  return onlineMatch.matchJoinAttempt(...args);
}
function onlineMatchJoin(...args: Args<typeof onlineMatch.matchJoin>) {
  return onlineMatch.matchJoin(...args);
}
function onlineMatchLeave(...args: Args<typeof onlineMatch.matchLeave>) {
  return onlineMatch.matchLeave(...args);
}
function onlineMatchLoop(...args: Args<typeof onlineMatch.matchLoop>) {
  return onlineMatch.matchLoop(...args);
}
function onlineMatchTerminate(...args: Args<typeof onlineMatch.matchTerminate>) {
  return onlineMatch.matchTerminate(...args);
}
function onlineMatchSignal(...args: Args<typeof onlineMatch.matchSignal>) {
  return onlineMatch.matchSignal(...args);
}
function beforeListMatches(...args: Args<typeof onlineMatch.beforeListMatches>) {
  return onlineMatch.beforeListMatches(...args);
}
function beforeMatchCreate(...args: Args<typeof onlineMatch.beforeMatchCreate>) {
  return onlineMatch.beforeMatchCreate(...args);
}
function beforeMatchJoin(...args: Args<typeof onlineMatch.beforeMatchJoin>) {
  return onlineMatch.beforeMatchJoin(...args);
}
function beforeMatchDataSend(...args: Args<typeof onlineMatch.beforeMatchDataSend>) {
  return onlineMatch.beforeMatchDataSend(...args);
}
function afterMatchJoin(...args: Args<typeof onlineMatch.afterMatchJoin>) {
  return onlineMatch.afterMatchJoin(...args);
}

function afterMatchLeave(...args: Args<typeof onlineMatch.afterMatchLeave>) {
  return onlineMatch.afterMatchLeave(...args);
}
function beforePartyMatchmakerAdd(...args: Args<typeof onlineMatch.beforePartyMatchmakerAdd>) {
  return onlineMatch.beforePartyMatchmakerAdd(...args);
}
function createOnlineMatch(...args: Args<typeof onlineMatch.createOnlineMatch>) {
  return onlineMatch.createOnlineMatch(...args);
}
function sealOnlineMatch(...args: Args<typeof onlineMatch.sealOnlineMatch>) {
  return onlineMatch.sealOnlineMatch(...args);
}
function transferOnlineMatch(...args: Args<typeof onlineMatch.transferOnlineMatch>) {
  return onlineMatch.transferOnlineMatch(...args);
}
function getOnlineMatch(...args: Args<typeof onlineMatch.getOnlineMatch>) {
  return onlineMatch.getOnlineMatch(...args);
}
function findOnlineMatch(...args: Args<typeof onlineMatch.findOnlineMatch>) {
  return onlineMatch.findOnlineMatch(...args);
}
function listOnlineMatches(...args: Args<typeof onlineMatch.listOnlineMatches>) {
  return onlineMatch.listOnlineMatches(...args);
}
function updateOnlineMatch(...args: Args<typeof onlineMatch.updateOnlineMatch>) {
  return onlineMatch.updateOnlineMatch(...args);
}
function kickFromOnlineMatch(...args: Args<typeof onlineMatch.kickFromOnlineMatch>) {
  return onlineMatch.kickFromOnlineMatch(...args);
}
function unlockOnlineMatch(...args: Args<typeof onlineMatch.unlockOnlineMatch>) {
  return onlineMatch.unlockOnlineMatch(...args);
}
function inviteToOnlineMatch(...args: Args<typeof onlineMatch.inviteToOnlineMatch>) {
  return onlineMatch.inviteToOnlineMatch(...args);
}
function joinOrCreateOnlineMatch(...args: Args<typeof onlineMatch.joinOrCreateOnlineMatch>) {
  return onlineMatch.joinOrCreateOnlineMatch(...args);
}
function getIceServers(...args: Args<typeof onlineMatch.getIceServers>) {
  return onlineMatch.getIceServers(...args);
}
// … to here. Nakama calls one function per hook; where the game has a hook too, the game's calls ours.

/** Tickets for the arena name no client version: online matches leave them to the game, and keep theirs apart. */
function beforeMatchmakerAdd(...args: Args<typeof onlineMatch.beforeMatchmakerAdd>) {
  return onlineMatch.beforeMatchmakerAdd(...args);
}

/** Online matches answer nothing for a group that has tickets of another kind. */
function matchmakerMatched(...args: Args<typeof onlineMatch.matchmakerMatched>) {
  const [, , nk] = args;
  return onlineMatch.matchmakerMatched(...args) ?? nk.matchCreate('arena');
}

function arenaInit(...args: Args<typeof arena.matchInit>) {
  return arena.matchInit(...args);
}
function arenaJoinAttempt(...args: Args<typeof arena.matchJoinAttempt>) {
  return arena.matchJoinAttempt(...args);
}
function arenaJoin(...args: Args<typeof arena.matchJoin>) {
  return arena.matchJoin(...args);
}
function arenaLeave(...args: Args<typeof arena.matchLeave>) {
  return arena.matchLeave(...args);
}
function arenaLoop(...args: Args<typeof arena.matchLoop>) {
  return arena.matchLoop(...args);
}
function arenaTerminate(...args: Args<typeof arena.matchTerminate>) {
  return arena.matchTerminate(...args);
}
function arenaSignal(...args: Args<typeof arena.matchSignal>) {
  return arena.matchSignal(...args);
}
function createArenaMatch(...args: Args<typeof createArena>) {
  return createArena(...args);
}

function InitModule(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  initializer: nkruntime.Initializer,
) {
  onlineMatch.init(ctx, logger, nk);
  initializer.registerMatch('online_match', {
    matchInit: onlineMatchInit,
    matchJoinAttempt: onlineMatchJoinAttempt,
    matchJoin: onlineMatchJoin,
    matchLeave: onlineMatchLeave,
    matchLoop: onlineMatchLoop,
    matchTerminate: onlineMatchTerminate,
    matchSignal: onlineMatchSignal,
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

  initializer.registerMatch('arena', {
    matchInit: arenaInit,
    matchJoinAttempt: arenaJoinAttempt,
    matchJoin: arenaJoin,
    matchLeave: arenaLeave,
    matchLoop: arenaLoop,
    matchTerminate: arenaTerminate,
    matchSignal: arenaSignal,
  });
  initializer.registerRpc('create_arena', createArenaMatch);
}
