import type { Session, Socket } from '@heroiclabs/nakama-js';
import { OnlineMatchError } from './errors.ts';
import type { NetworkRelay } from './ice.ts';
import type { Tab } from './tab.ts';

/** What a game sets; all have defaults. */
export interface OnlineMatchOptions {
  /** A match is ready with so many; 2. The server has bounds of its own. */
  readonly minPlayers?: number;
  /** A match takes so many; 4. */
  readonly maxPlayers?: number;
  /** Only clients of the same version meet, as with the addon; `dev`. At most 64 characters. */
  readonly clientVersion?: string;
  /** STUN and TURN servers of the game's own; else those of the server, which are kept fresh. */
  readonly iceServers?: readonly RTCIceServer[];
  /** Whether data goes through a TURN server; `auto`. */
  readonly useNetworkRelay?: NetworkRelay;
  /** Where the runtime has none: in Node, that of `@roamhq/wrtc` or of `node-datachannel/polyfill`. */
  readonly RTCPeerConnection?: typeof RTCPeerConnection;
  /**
   * Whether this player sends and takes tracks; true where the runtime has `MediaStreamTrack`, as browsers have. In Node `true`
   * with `@roamhq/wrtc`.
   */
  readonly media?: boolean;
  /**
   * A way to a valid session of the same user, asked when the socket is lost: the library makes another socket with
   * it, and comes back to the same seat. Without it, a lost socket is the end of the match.
   */
  readonly reconnect?: () => Promise<Session>;
  /** Makes that socket, not connected yet, where the first one is not of nakama-js; else one like the first. */
  readonly createSocket?: () => Socket;
  /** This tab of the browser, `await Tab.open()`: remembers the seat for `resume()` after a reload of the page. */
  readonly tab?: Tab;
}

export interface Settings {
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly clientVersion: string;
  readonly iceServers: readonly RTCIceServer[] | undefined;
  readonly useNetworkRelay: NetworkRelay;
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly media: boolean;
  readonly reconnect: (() => Promise<Session>) | undefined;
  readonly createSocket: (() => Socket) | undefined;
  readonly tab: Tab | null;
}

/** The options with their defaults. Throws `webrtc` where there is no WebRTC. */
export function settingsFrom(options: OnlineMatchOptions): Settings {
  const { RTCPeerConnection = globalThis.RTCPeerConnection } = options;
  if (RTCPeerConnection === undefined)
    throw new OnlineMatchError('webrtc', 'There is no WebRTC here: pass an RTCPeerConnection.');
  return {
    minPlayers: options.minPlayers ?? 2,
    maxPlayers: options.maxPlayers ?? 4,
    clientVersion: options.clientVersion ?? 'dev',
    iceServers: options.iceServers,
    useNetworkRelay: options.useNetworkRelay ?? 'auto',
    RTCPeerConnection,
    media: options.media ?? globalThis.MediaStreamTrack !== undefined,
    reconnect: options.reconnect,
    createSocket: options.createSocket,
    tab: options.tab ?? null,
  };
}
