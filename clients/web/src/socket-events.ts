import type { MatchData, MatchmakerMatched, MatchPresenceEvent, Socket } from '@heroiclabs/nakama-js';

/** What a match hears of its socket. */
export interface SocketListener {
  onData(data: MatchData): void;
  onPresence(event: MatchPresenceEvent): void;
  onMatched(matched: MatchmakerMatched): void;
  onClosed(): void;
}

/** Who listens to a socket, and which of its handlers are running. */
interface Hub {
  readonly listeners: Set<SocketListener>;
  readonly running: Set<HandlerName>;
}

const hubs = new WeakMap<Socket, Hub>();

/**
 * Tells `listener` what comes. The function that this returns stops it. A nakama-js socket has only one handler for
 * each kind of message; the game's own, set before, are still called.
 */
export function listenTo(socket: Socket, listener: SocketListener): () => void {
  const hub = hubs.get(socket) ?? { listeners: new Set(), running: new Set() };
  hubs.set(socket, hub);
  for (const name of Object.keys(TELL) as HandlerName[]) takeOver(socket, name, hub);
  hub.listeners.add(listener);
  return () => void hub.listeners.delete(listener);
}

const TELL = {
  onmatchdata: (listener: SocketListener, data: MatchData) => listener.onData(data),
  onmatchpresence: (listener: SocketListener, event: MatchPresenceEvent) => listener.onPresence(event),
  onmatchmakermatched: (listener: SocketListener, matched: MatchmakerMatched) => listener.onMatched(matched),
  ondisconnect: (listener: SocketListener) => listener.onClosed(),
  // The browser may take minutes to close a socket whose other end is silent.
  onheartbeattimeout: (listener: SocketListener) => listener.onClosed(),
};

type HandlerName = keyof typeof TELL;

/** The handlers that this module has set, each with the one before it. */
const ours = new WeakMap<object, unknown>();

/** The game's own handlers, for another socket. */
export function handlersOf(socket: Socket): Partial<Socket> {
  const entries = Object.entries(socket).filter(([name]) => name.startsWith('on'));
  return Object.fromEntries(entries.map(([name, handler]) => [name, ours.get(handler) ?? handler]));
}

/** The game may have set a handler since the last time, and that may call the one before it, which is ours. */
function takeOver(socket: Socket, name: HandlerName, { listeners, running }: Hub): void {
  const previous = socket[name] as ((event: never) => void) | undefined;
  if (previous !== undefined && ours.has(previous)) return;
  const tell = TELL[name] as (listener: SocketListener, event: never) => void;
  const handler = (event: never) => {
    const isOutermost = !running.has(name);
    running.add(name);
    try {
      previous?.call(socket, event);
    } finally {
      if (isOutermost) {
        running.delete(name);
        for (const listener of [...listeners]) tell(listener, event);
      }
    }
  };
  ours.set(handler, previous);
  socket[name] = handler as never;
}
