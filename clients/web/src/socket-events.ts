import type { MatchData, MatchmakerMatched, MatchPresenceEvent, Socket } from '@heroiclabs/nakama-js';

/** What a match hears of its socket. */
export interface SocketListener {
  onData(data: MatchData): void;
  onPresence(event: MatchPresenceEvent): void;
  onMatched(matched: MatchmakerMatched): void;
  onClosed(): void;
}

/** Of each socket that was listened to: by whom, and which of its handlers are running. */
interface Hub {
  readonly listeners: Set<SocketListener>;
  readonly running: Set<HandlerName>;
}

const hubs = new WeakMap<Socket, Hub>();

/**
 * Tells `listener` what comes, until the function is called that this returns. A nakama-js socket has one
 * handler for each kind of message: the game's own, set before, go on being called.
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
};

type HandlerName = keyof typeof TELL;

const taken = new WeakSet<object>();

/** The game may have set its own handler since the last time, and may call from it what was there before. */
function takeOver(socket: Socket, name: HandlerName, { listeners, running }: Hub): void {
  const previous = socket[name] as (event: never) => void;
  if (taken.has(previous)) return;
  const tell = TELL[name] as (listener: SocketListener, event: never) => void;
  const handler = (event: never) => {
    const isOutermost = !running.has(name);
    running.add(name);
    try {
      previous.call(socket, event);
    } finally {
      if (isOutermost) {
        running.delete(name);
        for (const listener of [...listeners]) tell(listener, event);
      }
    }
  };
  taken.add(handler);
  socket[name] = handler as never;
}
