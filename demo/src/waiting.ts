import { byId, setText } from './dom.ts';
import type { Wish } from './wish.ts';

const SENTENCES: { readonly [kind in Wish['kind']]: string } = {
  quick: 'Looking for a room …',
  create: 'Making a room …',
  join: 'Joining the room …',
  resume: 'Coming back into the room …',
  matchmake: 'Looking for players. This takes up to 10 seconds once somebody else looks too.',
};

/** After so long something is not as it should be, or nobody else is there. */
const LONG_SEC = 20;
const LONG: { readonly [kind in Wish['kind']]?: string } = {
  matchmake: 'Nobody else seems to look right now. Cancel, and try Quick play, or make a room for friends.',
};
const SLOW = 'The server takes long. Wait on, or cancel and try again.';

/** What is waited for, since when, and a way out. */
export class Waiting {
  readonly #view = byId('waiting', HTMLDivElement);
  readonly #for = byId('waiting-for', HTMLParagraphElement);
  readonly #since = byId('waiting-since', HTMLParagraphElement);
  readonly #cancel = byId('cancel', HTMLButtonElement);
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(onCancel: () => void) {
    this.#cancel.addEventListener('click', onCancel);
  }

  show(kind: Wish['kind'], takesFocus: boolean): void {
    const beginMs = performance.now();
    const tick = () => {
      const seconds = Math.floor((performance.now() - beginMs) / 1000);
      setText(this.#for, seconds < LONG_SEC ? SENTENCES[kind] : (LONG[kind] ?? SLOW));
      setText(this.#since, `${seconds} s so far`);
    };
    this.hide();
    tick();
    this.#ticking = setInterval(tick, 1_000);
    this.#view.hidden = false;
    if (takesFocus) this.#cancel.focus();
  }

  hide(): void {
    clearInterval(this.#ticking);
    this.#view.hidden = true;
  }
}
