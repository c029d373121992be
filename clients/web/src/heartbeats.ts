import type { GameLoop } from './game-loop.ts';
import {
  ANSWERED,
  type Heartbeat,
  isSilent,
  PING_EVERY_MS,
  pinged,
  SILENT_AWAY_MS,
  UNHEARD,
} from './heartbeat.ts';
import type { Mesh } from './mesh.ts';

const PING = 'ping';
const PONG = 'pong';

export interface HeartbeatContext {
  readonly mesh: Mesh;
  readonly loop: GameLoop;
  /** The game at the other end fell silent, or answers again. */
  onChanged(peerId: number): void;
}

/** Asks the games at the other ends of the links whether they go on, and answers from this game's loop. */
export class Heartbeats {
  readonly #context: HeartbeatContext;
  readonly #of = new Map<number, Heartbeat>();
  readonly #silent = new Set<number>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #doubts = new Map<number, ReturnType<typeof setTimeout>>();
  #lastTickMs = Date.now();

  constructor(context: HeartbeatContext) {
    this.#context = context;
    this.#timer = setInterval(() => this.#tick(), PING_EVERY_MS);
  }

  /** Whether the link stands, and the game at its other end does not answer. */
  isSilent(peerId: number): boolean {
    return this.#silent.has(peerId);
  }

  onWord(peerId: number, word: string): void {
    const { mesh, loop } = this.#context;
    if (word === PING) loop.soon(`pong ${peerId}`, () => mesh.get(peerId)?.say(PONG));
    if (word !== PONG) return;
    this.#of.set(peerId, ANSWERED);
    this.#trust(peerId);
    if (this.#silent.delete(peerId)) this.#context.onChanged(peerId);
  }

  /** At once, so that it is known early who answers such words at all. */
  ping(peerId: number): void {
    this.#context.mesh.get(peerId)?.say(PING);
  }

  /** Their socket is lost: whether their game goes on is asked at once, and known soon. */
  doubt(peerId: number): void {
    if (this.#of.get(peerId)?.hasAnswered !== true) return;
    this.#trust(peerId);
    const asked = Date.now();
    const check = () => {
      // This page slept itself: their answer may wait to be read.
      if (Date.now() - asked > 2 * SILENT_AWAY_MS) this.doubt(peerId);
      else this.#fallSilent(peerId);
    };
    this.#doubts.set(peerId, setTimeout(check, SILENT_AWAY_MS));
    this.ping(peerId);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const peerId of this.#doubts.keys()) this.#trust(peerId);
  }

  #tick(): void {
    const now = Date.now();
    const { links } = this.#context.mesh;
    for (const peerId of this.#of.keys()) if (!links.has(peerId)) this.#forget(peerId);
    for (const [peerId, link] of links) {
      if (link.state !== 'connected') {
        this.#forget(peerId);
        continue;
      }
      const heartbeat = pinged(this.#of.get(peerId) ?? UNHEARD, now, this.#lastTickMs);
      this.#of.set(peerId, heartbeat);
      this.ping(peerId);
      if (isSilent(heartbeat, now)) this.#fallSilent(peerId);
    }
    this.#lastTickMs = now;
  }

  #fallSilent(peerId: number): void {
    if (this.#silent.has(peerId)) return;
    this.#silent.add(peerId);
    this.#context.onChanged(peerId);
  }

  #trust(peerId: number): void {
    clearTimeout(this.#doubts.get(peerId));
    this.#doubts.delete(peerId);
  }

  #forget(peerId: number): void {
    this.#trust(peerId);
    this.#of.delete(peerId);
    this.#silent.delete(peerId);
  }
}
