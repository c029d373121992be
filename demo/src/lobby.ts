import type { NewMatch } from '../../clients/web/src/index.ts';
import { byId } from './dom.ts';
import { randomName, rememberedName, rememberName } from './names.ts';
import { matchIdIn } from './room-link.ts';
import { Waiting } from './waiting.ts';
import type { Wish } from './wish.ts';

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
  readonly #isStar = byId('room-is-star', HTMLInputElement);
  readonly #entrance = byId('entrance', HTMLDivElement);
  readonly #ways = byId('ways', HTMLDivElement);
  readonly #waiting: Waiting;

  constructor(onWish: (wish: Wish) => void, onCancel: () => void) {
    this.#name.value = rememberedName() ?? randomName();
    this.#name.addEventListener('change', () => rememberName(this.playerName));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      onWish({ kind: 'join', matchId: this.link });
    });
    this.#quick.addEventListener('click', () => onWish({ kind: 'quick' }));
    this.#create.addEventListener('click', () => onWish({ kind: 'create', room: this.#room }));
    byId('matchmake', HTMLButtonElement).addEventListener('click', () => onWish({ kind: 'matchmake' }));
    this.#waiting = new Waiting(onCancel);
    // A link is longer than the field, and its id stands at its end.
    this.#link.addEventListener('input', () => {
      if (this.#link.value.includes('#')) this.link = this.#link.value;
    });
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
      topology: this.#isStar.checked ? 'star' : 'mesh',
      ...(name !== '' && { name }),
      ...(this.#roomPassword.value !== '' && { password: this.#roomPassword.value }),
    };
  }

  get maxPlayers(): number {
    return Number(this.#seats.value);
  }

  /** The id or code that is typed. */
  get link(): string {
    return matchIdIn(this.#link.value);
  }

  set link(text: string) {
    this.#link.value = matchIdIn(text);
  }

  /** Shows what is waited for, with a way to stop it. */
  wait(kind: Wish['kind']): void {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#setChoosing(false);
    this.#waiting.show(kind, hadFocus);
  }

  /** Back to the choice; takes the focus where something had it that is gone now. */
  show(): void {
    const hadFocus = document.activeElement !== document.body;
    this.#entrance.hidden = false;
    this.#waiting.hide();
    this.#setChoosing(true);
    if (hadFocus) this.#quick.focus({ preventScroll: true });
  }

  hide(): void {
    this.#waiting.hide();
    this.#entrance.hidden = true;
  }

  #setChoosing(isChoosing: boolean): void {
    this.#ways.hidden = !isChoosing;
    this.#name.disabled = !isChoosing;
    this.#seats.disabled = !isChoosing;
  }
}
