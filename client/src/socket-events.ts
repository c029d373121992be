import type { MatchData, MatchmakerMatched, MatchPresenceEvent, Socket } from '@heroiclabs/nakama-js';

/** What a match hears of its socket. */
export interface SocketListener {
  onData(data: MatchData): void;
  onPresence(event: MatchPresenceEvent): void;
  onMatched(matched: MatchmakerMatched): void;
  onClosed(): void;
}

const listenersOf = new WeakMap<Socket, Set<SocketListener>>();

/**
 * Tells `listener` what comes, until the function is called that this returns. A nakama-js socket has one
 * handler for each kind of message: the game's own, set before, go on being called.
 */
export function listenTo(socket: Socket, listener: SocketListener): () => void {
  const listeners = listenersOf.get(socket) ?? takeOver(socket);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function takeOver(socket: Socket): Set<SocketListener> {
  const listeners = new Set<SocketListener>();
  listenersOf.set(socket, listeners);
  const { onmatchdata, onmatchpresence, onmatchmakermatched, ondisconnect } = socket;
  socket.onmatchdata = (data) => {
    onmatchdata.call(socket, data);
    for (const each of [...listeners]) each.onData(data);
  };
  socket.onmatchpresence = (event) => {
    onmatchpresence.call(socket, event);
    for (const each of [...listeners]) each.onPresence(event);
  };
  socket.onmatchmakermatched = (matched) => {
    onmatchmakermatched.call(socket, matched);
    for (const each of [...listeners]) each.onMatched(matched);
  };
  socket.ondisconnect = (event) => {
    ondisconnect.call(socket, event);
    for (const each of [...listeners]) each.onClosed();
  };
  return listeners;
}
