import type { Socket } from '@heroiclabs/nakama-js';
import type { IceServers } from '../../../src/protocol/rpcs/get-ice-servers.ts';
import { decodeIceServers } from '../../../src/protocol/rpcs/get-ice-servers.ts';
import { ask } from './ask.ts';
import { MAX_TIMER_MS } from './call.ts';

/**
 * Whether data may go through a TURN server: `auto` where nothing else works, `forced` always (which hides the
 * players' addresses from each other), `disabled` never.
 */
export type NetworkRelay = 'auto' | 'forced' | 'disabled';

/**
 * Whether a candidate may be sent or used, given its line. A TCP candidate never may: browsers only call by TCP and
 * never answer, so it cannot connect two of them, and some WebRTCs find new ones without end. TURN over TCP is
 * something else: its candidates are of type `relay`, as with all TURN.
 */
export function isCandidateAllowed(relay: NetworkRelay, candidate: string): boolean {
  if (candidate.includes(' tcptype ')) return false;
  const isRelayed = candidate.includes('typ relay');
  return relay === 'auto' || isRelayed === (relay === 'forced');
}

/** Leaves TURN servers out where they are disabled: to filter the candidates is not enough to stop their use. */
export function allowedIceServers(relay: NetworkRelay, servers: readonly RTCIceServer[]): RTCIceServer[] {
  if (relay !== 'disabled') return [...servers];
  return servers
    .map((server) => ({ ...server, urls: [server.urls].flat().filter((url) => !isTurn(url)) }))
    .filter(({ urls }) => urls.length > 0);
}

/** Whether all must go through a TURN server, and none is there. */
export function lacksRelay(relay: NetworkRelay, servers: readonly RTCIceServer[]): boolean {
  return relay === 'forced' && !servers.some(({ urls }) => [urls].flat().some(isTurn));
}

function isTurn(url: string): boolean {
  return /^turns?:/i.test(url);
}

/** Credentials are fetched anew after this part of their lifetime. */
const REFRESH_AT = 0.8;
const RETRY_MS = 10_000;
/** A repair waits no longer for fresh logins. */
const REFRESH_MS = 2_000;

/** The ICE servers of a match: the game's own; else those of the server, whose credentials are kept fresh. */
export class IceSource {
  servers: readonly RTCIceServer[];
  #socket: Socket;
  readonly #isOwn: boolean;
  readonly #onRefreshed: (isDue: boolean) => void;
  #isExpiring = false;
  #fetchedMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(
    socket: Socket,
    own: readonly RTCIceServer[] | undefined,
    onRefreshed: (isDue: boolean) => void,
  ) {
    this.#socket = socket;
    this.#isOwn = own !== undefined;
    this.servers = own ?? [];
    this.#onRefreshed = onRefreshed;
  }

  /** The one to ask by from now on. */
  set socket(socket: Socket) {
    this.#socket = socket;
  }

  /** Asks the server. Never rejects: a server without the RPC has no ICE servers to give. */
  async load(): Promise<void> {
    if (this.#isOwn) return;
    const ice = await this.#fetch();
    if (ice !== null) this.replace(ice);
  }

  /** Uses what the server sent, and asks again before it expires. */
  replace({ iceServers, expiresIn }: IceServers, isDue = false): void {
    if (this.#isOwn || this.#isStopped) return;
    this.servers = iceServers as readonly RTCIceServer[];
    this.#isExpiring = expiresIn !== null;
    this.#fetchedMs = Date.now();
    this.#onRefreshed(isDue);
    if (expiresIn !== null) this.#refreshIn(Math.max(RETRY_MS, expiresIn * 1000 * REFRESH_AT));
  }

  /** Fresh logins, where they expire; never rejects, and does not wait for long. */
  async refresh(): Promise<void> {
    if (!this.#isExpiring || Date.now() - this.#fetchedMs < RETRY_MS) return;
    this.#fetchedMs = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), REFRESH_MS);
    });
    const ice = await Promise.race([this.#fetch(), late]);
    clearTimeout(timer);
    if (ice !== null) this.replace(ice);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #refreshIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      async () => {
        const ice = await this.#fetch();
        if (this.#isStopped) return;
        if (ice === null) this.#refreshIn(RETRY_MS);
        else this.replace(ice, true);
      },
      Math.min(ms, MAX_TIMER_MS),
    );
  }

  async #fetch(): Promise<IceServers | null> {
    try {
      return decodeIceServers(await ask(this.#socket, 'get_ice_servers'));
    } catch {
      return null;
    }
  }
}
