import { byId, setText } from './dom.ts';

/** A field of the page that a problem comes from. */
export type FieldId = 'link' | 'name';

/** What went wrong, in a sentence, and in which field; stays until it is closed or something else is tried. */
export class Problem {
  readonly #box = byId('problem', HTMLDivElement);
  readonly #sentence = byId('problem-sentence', HTMLParagraphElement);
  readonly #close = this.#box.querySelector('button') as HTMLButtonElement;
  #field: HTMLInputElement | null = null;

  constructor() {
    this.#close.addEventListener('click', () => this.clear());
  }

  say(sentence: string, field: FieldId | null = null): void {
    this.#unmark();
    setText(this.#sentence, sentence);
    this.#box.hidden = false;
    if (field !== null) this.#mark(byId(field, HTMLInputElement));
  }

  clear(): void {
    this.#unmark();
    setText(this.#sentence, '');
    this.#box.hidden = true;
  }

  /** In the place of what stands there, which it covers. */
  moveTo(place: 'lobby' | 'arena'): void {
    const note = byId(`${place}-note`, HTMLDivElement);
    if (this.#box.parentElement !== note) note.append(this.#box);
  }

  #mark(field: HTMLInputElement): void {
    this.#field = field;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-errormessage', 'problem-sentence');
    field.addEventListener('input', () => this.#unmark(), { once: true });
    field.focus({ preventScroll: true });
  }

  #unmark(): void {
    this.#field?.removeAttribute('aria-invalid');
    this.#field?.removeAttribute('aria-errormessage');
    this.#field = null;
  }
}
