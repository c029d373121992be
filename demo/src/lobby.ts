import type { NewMatch } from '../../clients/web/src/index.ts';
import { byId, setText } from './dom.ts';
import { randomName, rememberedName, rememberName } from './names.ts';
import { matchIdIn } from './room-link.ts';

/** What a player asks for. */
export type Wish =
  | { readonly kind: 'quick' }
  | { readonly kind: 'create'; readonly room: NewMatch }
  | { readonly kind: 'matchmake' }
  /** By an id or a code. */
  | { readonly kind: 'join'; readonly matchId: string; readonly password?: string }
  /** Back to where the page was before it was loaded again. */
  | { readonly kind: 'resume'; readonly matchId: string };

/** The form before a room: who one is, and how to get into a room. */
export class Lobby {
  readonly #form = byId('lobby', HTMLFormElement);
  readonly #name = byId('name', HTMLInputElement);
  readonly #seats = byId('seats', HTMLSelectElement);
  readonly #link = byId('link', HTMLInputElement);
  readonly #create = byId('create', HTMLButtonElement);
  readonly #quick = byId('quick', HTMLButtonElement);
  readonly #roomName = byId('room-name', HTMLInputElement);
  readonly #roomPassword = byId('room-password', HTMLInputElement);
  readonly #isPublic = byId('room-is-public', HTMLInputElement);
  readonly #entrance = byId('entrance', HTMLDivElement);
  readonly #ways = byId('ways', HTMLDivElement);
  readonly #waiting = byId('waiting', HTMLDivElement);
  readonly #waitingFor = byId('waiting-for', HTMLParagraphElement);
  readonly #cancel = byId('cancel', HTMLButtonElement);

  constructor(onWish: (wish: Wish) => void, onCancel: () => void) {
    this.#name.value = rememberedName() ?? randomName();
    this.#name.addEventListener('change', () => rememberName(this.playerName));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      onWish({ kind: 'join', matchId: matchIdIn(this.#link.value) });
    });
    this.#quick.addEventListener('click', () => onWish({ kind: 'quick' }));
    this.#create.addEventListener('click', () => onWish({ kind: 'create', room: this.#room }));
    byId('matchmake', HTMLButtonElement).addEventListener('click', () => onWish({ kind: 'matchmake' }));
    this.#cancel.addEventListener('click', onCancel);
    for (const field of [this.#name, this.#roomName, this.#roomPassword]) {
      field.addEventListener('keydown', (event) => {
        // Enter would press Join.
        if (event.key === 'Enter') event.preventDefault();
      });
    }
  }

  get playerName(): string {
    this.#name.value = this.#name.value.trim() || randomName();
    return this.#name.value;
  }

  /** The one that was chosen last, while another is being typed. */
  get chosenName(): string {
    return rememberedName() ?? this.playerName;
  }

  get #room(): NewMatch {
    const name = this.#roomName.value.trim();
    return {
      visibility: this.#isPublic.checked ? 'public' : 'private',
      ...(name !== '' && { name }),
      ...(this.#roomPassword.value !== '' && { password: this.#roomPassword.value }),
    };
  }

  get maxPlayers(): number {
    return Number(this.#seats.value);
  }

  set link(text: string) {
    this.#link.value = text;
  }

  /** Shows what is waited for, with a way to stop it. */
  wait(sentence: string): void {
    setText(this.#waitingFor, sentence);
    const hadFocus = this.#form.contains(document.activeElement);
    this.#setWaiting(true);
    if (hadFocus) this.#cancel.focus();
  }

  /** Back to the choice; takes the focus where something had it that is gone now. */
  show(): void {
    const hadFocus = document.activeElement !== document.body;
    this.#entrance.hidden = false;
    this.#setWaiting(false);
    if (hadFocus) this.#quick.focus({ preventScroll: true });
  }

  hide(): void {
    this.#entrance.hidden = true;
  }

  #setWaiting(isWaiting: boolean): void {
    this.#ways.hidden = isWaiting;
    this.#waiting.hidden = !isWaiting;
    this.#name.disabled = isWaiting;
    this.#seats.disabled = isWaiting;
  }
}
