/**
 * The package's default export: every entry point that a module has to register with Nakama, for a game
 * that bundles online matches into a TypeScript module of its own (see examples/own-module).
 */
declare const onlineMatch: {
  /** Checks and logs the `ONLINE_MATCH_*` settings, and shows the metrics; call it first in InitModule. @throws on a wrong setting. */
  init(ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama): void;

  matchInit: nkruntime.MatchInitFunction;
  matchJoinAttempt: nkruntime.MatchJoinAttemptFunction;
  matchJoin: nkruntime.MatchJoinFunction;
  matchLeave: nkruntime.MatchLeaveFunction;
  matchLoop: nkruntime.MatchLoopFunction;
  matchTerminate: nkruntime.MatchTerminateFunction;
  matchSignal: nkruntime.MatchSignalFunction;

  beforeMatchCreate: nkruntime.RtBeforeHookFunction<nkruntime.EnvelopeMatchCreateMessage>;
  beforeMatchJoin: nkruntime.RtBeforeHookFunction<nkruntime.EnvelopeMatchJoin>;
  beforeMatchDataSend: nkruntime.RtBeforeHookFunction<nkruntime.EnvelopeMatchDataSend>;
  afterMatchJoin: nkruntime.RtAfterHookFunction<nkruntime.EnvelopeMatchJoin>;
  afterMatchLeave: nkruntime.RtAfterHookFunction<nkruntime.EnvelopeMatchLeave>;
  beforeMatchmakerAdd: nkruntime.RtBeforeHookFunction<nkruntime.EnvelopeMatchmakerAdd>;
  beforePartyMatchmakerAdd: nkruntime.RtBeforeHookFunction<nkruntime.EnvelopePartyMatchmakerAdd>;
  beforeListMatches: nkruntime.BeforeHookFunction<nkruntime.ListMatchesRequest>;
  /** Answers nothing for a group of which it adopted not all tickets. */
  matchmakerMatched: nkruntime.MatchmakerMatchedFunction;

  createOnlineMatch: nkruntime.RpcFunction;
  sealOnlineMatch: nkruntime.RpcFunction;
  transferOnlineMatch: nkruntime.RpcFunction;
  getOnlineMatch: nkruntime.RpcFunction;
  findOnlineMatch: nkruntime.RpcFunction;
  listOnlineMatches: nkruntime.RpcFunction;
  updateOnlineMatch: nkruntime.RpcFunction;
  kickFromOnlineMatch: nkruntime.RpcFunction;
  unlockOnlineMatch: nkruntime.RpcFunction;
  inviteToOnlineMatch: nkruntime.RpcFunction;
  joinOrCreateOnlineMatch: nkruntime.RpcFunction;
  getIceServers: nkruntime.RpcFunction;
};

export default onlineMatch;
