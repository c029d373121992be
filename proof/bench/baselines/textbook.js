/**
 * Signalling as an authoritative match, the way tutorials build one: the loop runs ten times a second, decodes
 * what came in, and sends it on. It is generous to itself: a message goes to its one target, not to everybody.
 */

function matchInit(_ctx, _logger, _nk, _params) {
  return { state: { presences: {} }, tickRate: 10, label: '' };
}

function matchJoinAttempt(_ctx, _logger, _nk, _dispatcher, _tick, state, _presence, _metadata) {
  return { state, accept: true };
}

function matchJoin(_ctx, _logger, _nk, _dispatcher, _tick, state, presences) {
  for (const presence of presences) {
    state.presences[presence.sessionId] = presence;
  }
  return { state };
}

function matchLeave(_ctx, _logger, _nk, _dispatcher, _tick, state, presences) {
  for (const presence of presences) {
    delete state.presences[presence.sessionId];
  }
  return Object.keys(state.presences).length > 0 ? { state } : null;
}

function matchLoop(_ctx, _logger, nk, dispatcher, _tick, state, messages) {
  for (const message of messages) {
    const signal = JSON.parse(nk.binaryToString(message.data));
    const target = state.presences[signal.target];
    if (target) {
      dispatcher.broadcastMessage(message.opCode, JSON.stringify(signal), [target], message.sender);
    }
  }
  return { state };
}

function matchSignal(_ctx, _logger, _nk, _dispatcher, _tick, state, data) {
  return { state, data };
}

function matchTerminate(_ctx, _logger, _nk, _dispatcher, _tick, state, _graceSeconds) {
  return { state };
}

function createTextbookMatch(_ctx, _logger, nk, _payload) {
  return JSON.stringify({ match_id: nk.matchCreate('textbook', {}) });
}

function InitModule(_ctx, _logger, _nk, initializer) {
  initializer.registerMatch('textbook', {
    matchInit,
    matchJoinAttempt,
    matchJoin,
    matchLeave,
    matchLoop,
    matchSignal,
    matchTerminate,
  });
  initializer.registerRpc('create_textbook_match', createTextbookMatch);
}

!InitModule && InitModule.bind(null);
