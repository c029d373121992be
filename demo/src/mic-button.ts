import { byId, setText } from './dom.ts';

const WORDS = {
  off: 'Turn the microphone on',
  asking: 'The browser asks you …',
  on: 'Turn the microphone off',
} as const;

/** What turns the microphone on and off, or says why it cannot. */
export class MicButton {
  readonly #button = byId('mic', HTMLButtonElement);
  readonly #words = byId('mic-words', HTMLSpanElement);

  constructor(onClick: () => void) {
    // Only pages that nobody can change on their way have it.
    const isThere = navigator.mediaDevices !== undefined;
    byId('mic-note', HTMLParagraphElement).hidden = isThere;
    this.#button.disabled = !isThere;
    this.#button.addEventListener('click', onClick);
  }

  show(state: keyof typeof WORDS): void {
    setText(this.#words, WORDS[state]);
    this.#button.dataset.state = state;
    if (navigator.mediaDevices !== undefined) this.#button.disabled = state === 'asking';
  }
}
