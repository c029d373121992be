import type { MatchUpdate, Room } from '../../clients/web/src/index.ts';
import { byId } from './dom.ts';

export interface HostToolsEvents {
  onUpdate(update: MatchUpdate): void;
  /** Something changed that only this page knows. */
  onChanged(): void;
}

/** What the host can change of the room. */
export class HostTools {
  readonly #view = byId('host-tools', HTMLDetailsElement);
  readonly #name = byId('new-name', HTMLInputElement);
  readonly #isPublic = byId('is-public', HTMLInputElement);
  readonly #waitsForReady = byId('waits-for-ready', HTMLInputElement);

  constructor({ onUpdate, onChanged }: HostToolsEvents) {
    this.#name.addEventListener('change', () => onUpdate({ name: this.#name.value.trim() }));
    this.#isPublic.addEventListener('change', () =>
      onUpdate({ visibility: this.#isPublic.checked ? 'public' : 'private' }),
    );
    this.#waitsForReady.addEventListener('change', onChanged);
  }

  get waitsForReady(): boolean {
    return this.#waitsForReady.checked;
  }

  /** Null for who is not the host. */
  update(room: Room | null): void {
    this.#view.classList.toggle('absent', room === null);
    this.#view.inert = room === null;
    if (room === null) return;
    if (document.activeElement !== this.#name) this.#name.value = room.name;
    this.#isPublic.checked = room.visibility === 'public';
  }

  close(): void {
    this.#view.open = false;
    this.#waitsForReady.checked = false;
  }
}
