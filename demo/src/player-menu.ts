import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { byId, setText } from './dom.ts';

/** What the host can do about a player. */
export class PlayerMenu {
  readonly #dialog = byId('player-menu', HTMLDialogElement);
  readonly #title = byId('player-menu-title', HTMLHeadingElement);
  readonly #reason = byId('reason', HTMLInputElement);
  readonly #onFailed: (error: unknown) => void;
  #match: OnlineMatch | null = null;
  #peerId = 0;

  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
    this.#listen('hand-over', (match) => match.transferHost(this.#peerId));
    this.#listen('kick', (match) => match.kick(this.#peerId, this.#kick));
    this.#listen('ban', (match) => match.kick(this.#peerId, { ...this.#kick, ban: true }));
    byId('close-player-menu', HTMLButtonElement).addEventListener('click', () => this.close());
  }

  open(match: OnlineMatch, peerId: number): void {
    this.#match = match;
    this.#peerId = peerId;
    this.#reason.value = '';
    setText(this.#title, match.playersByPeerId.get(peerId)?.username ?? '');
    this.#dialog.showModal();
  }

  /** Its player is gone, or this player is not the host any more. */
  update(match: OnlineMatch): void {
    if (this.#dialog.open && !(match.isHost && match.playersByPeerId.has(this.#peerId))) this.close();
  }

  close(): void {
    this.#dialog.close();
  }

  get #kick(): { readonly reason?: string } {
    const reason = this.#reason.value.trim();
    return reason === '' ? {} : { reason };
  }

  #listen(id: string, act: (match: OnlineMatch) => Promise<void>): void {
    byId(id, HTMLButtonElement).addEventListener('click', () => {
      const match = this.#match;
      this.close();
      if (match !== null) act(match).catch(this.#onFailed);
    });
  }
}
