import { byId, setText } from './dom.ts';
import { linkTo } from './room-link.ts';

const COPIED_MS = 2_000;
const COPY = 'Copy the link';
const CLOSED = 'Closed now';

/** The room's code in large letters; a press copies the link to the room. */
export class CodeButton {
  readonly #button = byId('code', HTMLButtonElement);
  readonly #letters = byId('letters', HTMLElement);
  readonly #hint = byId('code-hint', HTMLElement);
  #code = '';
  #resting = COPY;

  constructor() {
    this.#button.addEventListener('click', () => void this.#copyLink());
  }

  /** Null where a code never lets anybody in; where it does not right now, it cannot be copied. */
  show(code: string | null, isOpen: boolean): void {
    this.#button.hidden = code === null;
    this.#button.disabled = !isOpen;
    this.#code = code ?? '';
    const resting = isOpen ? COPY : CLOSED;
    if (resting !== this.#resting) setText(this.#hint, resting);
    this.#resting = resting;
    setText(this.#letters, code ? `${code.slice(0, 3)}-${code.slice(3)}` : '…');
  }

  async #copyLink(): Promise<void> {
    const link = linkTo(this.#code, location.href);
    const isCopied = await copy(link);
    setText(this.#hint, isCopied ? 'Link copied' : link);
    if (isCopied) setTimeout(() => setText(this.#hint, this.#resting), COPIED_MS);
  }
}

/** Pages without https have no clipboard to write to, but can copy what is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('input');
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    return isCopied;
  }
}
