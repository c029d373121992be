import { OpCode } from '../../../src/protocol/opcodes.ts';
import type { Property } from '../../../src/protocol/properties.ts';
import type { PlayerView } from '../../../src/protocol/snapshot.ts';
import { encodeStatus, type Status } from '../../../src/protocol/status.ts';
import type { Signalling } from './signalling.ts';

/** What the room does not show after this time is said again: the server takes eight such messages in ten seconds. */
export const REPEAT_MS = 3_000;
const MAX_REPEATS = 5;

/** What the room shall show of this player. */
type Shown = Partial<Pick<Status, 'ready' | 'properties'>>;

/** What the server knows of this player: of their page, and what the others are told. */
export class PlayerStatus {
  readonly #signalling: Signalling;
  #background = false;
  #leaving = false;
  /** What was said and has not been shown yet. */
  #unseen: Shown = {};
  #repeats = 0;
  #repeating: ReturnType<typeof setTimeout> | undefined;

  constructor(signalling: Signalling) {
    this.#signalling = signalling;
  }

  /** Whether nobody looks at the game. */
  set background(background: boolean) {
    if (this.#background === background) return;
    this.#background = background;
    this.#send({ background });
  }

  /** Whether the page goes away: the server keeps the seat for a reload, but not for long. */
  set leaving(leaving: boolean) {
    if (this.#leaving === leaving) return;
    this.#leaving = leaving;
    this.#send({ leaving });
  }

  /** Has the others shown this of the player, now or after a return. */
  show(shown: Shown): void {
    this.#unseen = { ...this.#unseen, ...shown };
    this.#repeats = 0;
    this.#sayUnseen();
  }

  /** The room shows this of the player. */
  onShown({ ready, properties }: Pick<PlayerView, 'ready' | 'properties'>): void {
    const { ready: ownReady = null, properties: ownProperties = null } = this.#unseen;
    this.#unseen = {
      ...(ownReady !== null && ownReady !== ready && { ready: ownReady }),
      ...(ownProperties !== null && !areSame(ownProperties, properties) && { properties: ownProperties }),
    };
    if (this.#isSeen) clearTimeout(this.#repeating);
  }

  /** Of a seat that nothing was said of yet, or which somebody has come back to. */
  repeat(): void {
    if (this.#background) this.#send({ background: true });
    this.#sayUnseen();
  }

  stop(): void {
    clearTimeout(this.#repeating);
  }

  get #isSeen(): boolean {
    return Object.keys(this.#unseen).length === 0;
  }

  #sayUnseen(): void {
    clearTimeout(this.#repeating);
    if (this.#isSeen || !this.#signalling.isOnline) return;
    this.#send(this.#unseen);
    if (this.#repeats++ < MAX_REPEATS) this.#repeating = setTimeout(() => this.#sayUnseen(), REPEAT_MS);
  }

  #send(status: Partial<Status>): void {
    this.#signalling.send(OpCode.STATUS, encodeStatus(status));
  }
}

/** Both are sorted by key. */
function areSame(one: readonly Property[], other: readonly Property[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
