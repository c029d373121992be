import { OpCode } from '../../../src/protocol/opcodes.ts';
import { encodeStatus } from '../../../src/protocol/status.ts';
import type { Signalling } from './signalling.ts';

/** What the server knows of this player's page. */
export class PlayerStatus {
  readonly #signalling: Signalling;
  #background = false;
  #leaving = false;

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

  /** Of a seat that nothing was said of yet, or which somebody has come back to. */
  repeat(): void {
    if (this.#background) this.#send({ background: true });
  }

  #send(status: { background?: boolean; leaving?: boolean }): void {
    this.#signalling.send(OpCode.STATUS, encodeStatus(status));
  }
}
