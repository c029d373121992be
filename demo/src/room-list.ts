import type { ListedMatch } from '../../clients/web/src/index.ts';
import { byId, part, setText } from './dom.ts';

const STEP = 20;
/** As many as the server tells at once. */
const MOST = 100;

/** The public rooms that have a seat: the first ones, and more for whoever wants to see more. */
export class RoomList {
  /** Somebody wants to see more. */
  onMore = () => {};
  #size = STEP;
  readonly #list = byId('room-list', HTMLUListElement);
  readonly #note = byId('room-list-note', HTMLParagraphElement);
  readonly #item = byId('room-item', HTMLTemplateElement);
  readonly #more = byId('more-rooms', HTMLButtonElement);
  readonly #items = new Map<string, HTMLElement>();
  readonly #onChosen: (matchId: string) => void;

  constructor(onChosen: (matchId: string) => void) {
    this.#onChosen = onChosen;
    this.#more.addEventListener('click', () => {
      this.#size += STEP;
      this.onMore();
    });
  }

  /** How many rooms it shows at most. */
  get size(): number {
    return this.#size;
  }

  show(matches: readonly ListedMatch[]): void {
    this.note(matches.length === 0 ? 'No room is open right now. Quick play makes one.' : '');
    this.#more.hidden = matches.length < this.#size || this.#size >= MOST;
    const listed = new Set(matches.map(({ matchId }) => matchId));
    for (const [matchId, item] of this.#items) {
      if (listed.has(matchId)) continue;
      item.remove();
      this.#items.delete(matchId);
    }
    // Those that stay are not moved: somebody may be about to press one.
    for (const match of matches)
      this.#update(this.#items.get(match.matchId) ?? this.#add(match.matchId), match);
  }

  /** Instead of a list. */
  note(sentence: string): void {
    setText(this.#note, sentence);
    this.#note.hidden = sentence === '';
  }

  #update(item: HTMLElement, { name, host, players, maxPlayers, hasPassword }: ListedMatch): void {
    setText(part(item, '.name'), name || `Room of ${host ?? 'nobody yet'}`);
    setText(part(item, '.seats'), `${players} of ${maxPlayers}`);
    setText(part(item, '.lock'), hasPassword ? 'password' : '');
  }

  #add(matchId: string): HTMLElement {
    const item = part(this.#item.content.cloneNode(true) as DocumentFragment, 'li');
    part(item, 'button').addEventListener('click', () => this.#onChosen(matchId));
    this.#list.append(item);
    this.#items.set(matchId, item);
    return item;
  }
}
