interface ArenaState {
  readonly echoed: number;
}

/** A game's own authoritative match, beside which online matches live: it sends back whatever it gets. */
export const arena: nkruntime.MatchHandler<ArenaState> = {
  matchInit: () => ({ state: { echoed: 0 }, tickRate: 10, label: 'arena' }),
  matchJoinAttempt: (_ctx, _logger, _nk, _dispatcher, _tick, state) => ({ state, accept: true }),
  matchJoin: (_ctx, _logger, _nk, _dispatcher, _tick, state) => ({ state }),
  matchLeave: (_ctx, _logger, _nk, _dispatcher, _tick, state) => ({ state }),
  matchLoop: (_ctx, _logger, _nk, dispatcher, _tick, state, messages) => {
    for (const { opCode, data, sender } of messages) dispatcher.broadcastMessage(opCode, data, [sender]);
    return { state: { echoed: state.echoed + messages.length } };
  },
  matchTerminate: (_ctx, _logger, _nk, _dispatcher, _tick, state) => ({ state }),
  matchSignal: (_ctx, _logger, _nk, _dispatcher, _tick, state) => ({ state }),
};

export const createArena: nkruntime.RpcFunction = (_ctx, _logger, nk) =>
  JSON.stringify({ match_id: nk.matchCreate('arena') });
