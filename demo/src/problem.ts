import { byId, setText } from './dom.ts';

/** What went wrong, in a sentence; stays until it is closed or something else is tried. */
export class Problem {
  readonly #box = byId('problem', HTMLDivElement);
  readonly #sentence = this.#box.querySelector('p') as HTMLParagraphElement;
  readonly #close = this.#box.querySelector('button') as HTMLButtonElement;

  constructor() {
    this.#close.addEventListener('click', () => this.clear());
  }

  say(sentence: string): void {
    setText(this.#sentence, sentence);
    this.#show(true);
  }

  clear(): void {
    setText(this.#sentence, '');
    this.#show(false);
  }

  #show(isShown: boolean): void {
    this.#close.hidden = !isShown;
    this.#box.classList.toggle('shown', isShown);
  }
}
