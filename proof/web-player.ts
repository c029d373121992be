import wrtc from '@roamhq/wrtc';
import { OnlineMatch, type OnlineMatchEvents, type OnlineMatchOptions } from '../clients/web/src/index.ts';
import { type Address, NakamaJsPlayer } from '../kit/players/nakama-js-player.ts';

const { RTCPeerConnection } = wrtc as unknown as { RTCPeerConnection: typeof globalThis.RTCPeerConnection };

interface Options extends OnlineMatchOptions {
  /** The same user each time; else a new one. */
  readonly name?: string;
  /** Whether the library may come back by itself. */
  readonly returns: boolean;
}

/** A player of a web game, with the client library and real WebRTC. */
export async function webPlayer(
  address: Address,
  { name, returns, ...options }: Options,
): Promise<OnlineMatch> {
  const { socket, session } = await NakamaJsPlayer.connect(address, name);
  const reconnect = returns ? { reconnect: () => Promise.resolve(session) } : {};
  return new OnlineMatch(socket, { RTCPeerConnection, ...reconnect, ...options });
}

/** The next event of a name, from now on. */
export function next<Name extends keyof OnlineMatchEvents>(
  match: OnlineMatch,
  name: Name,
  where: (value: OnlineMatchEvents[Name]) => boolean = () => true,
): Promise<OnlineMatchEvents[Name]> {
  return new Promise((resolve) => {
    const off = match.on(name, (value) => {
      if (!where(value)) return;
      off();
      resolve(value);
    });
  });
}

/** They leave, and their sockets close. */
export async function dismiss(match: OnlineMatch): Promise<void> {
  await match.leave({ timeoutMs: 5000 }).catch(() => {});
  match.socket.disconnect(false);
}
