// The least that Nakama takes for an authoritative match: the floor under what a room costs.
function matchInit() {
  return { state: {}, tickRate: 1, label: '' };
}

function matchJoinAttempt(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state, accept: true };
}

function matchJoin(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state };
}

function matchLeave(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state };
}

function matchLoop(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state };
}

function matchTerminate(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state };
}

function matchSignal(_ctx, _logger, _nk, _dispatcher, _tick, state) {
  return { state };
}

function InitModule(_ctx, _logger, _nk, initializer) {
  initializer.registerMatch('empty', {
    matchInit,
    matchJoinAttempt,
    matchJoin,
    matchLeave,
    matchLoop,
    matchTerminate,
    matchSignal,
  });
}
