import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { byId, setText } from './dom.ts';

/** What the host's button does, and what it waits for. */
export interface Start {
  readonly label: string;
  readonly note: string;
  readonly isDisabled: boolean;
}

type Match = Pick<OnlineMatch, 'isHost' | 'state' | 'players' | 'room'>;

export function startOf({ isHost, state, players, room }: Match, waitsForReady: boolean): Start {
  const isSealed = room?.phase === 'sealed';
  const label = isSealed ? 'Open the room again' : 'Start the game';
  const held = (note: string) => ({ label, note, isDisabled: true });
  if (!isHost)
    return held(isSealed ? 'The game is on; the host can open the room.' : 'The host starts the game.');
  if (isSealed) return { label, note: 'Then others can come in.', isDisabled: false };
  if (room?.phase === 'gathering')
    return held(`It takes ${room.minPlayers} players, and you are ${players.length}.`);
  if (state !== 'ready' || room?.phase !== 'ready') return held('Not everybody is linked yet.');
  if (waitsForReady && !room.allReady) return held('Not everybody is ready yet.');
  return { label, note: 'Scores begin at 0; nobody else comes in.', isDisabled: false };
}

/** Begins a game, and opens the room again. */
export class StartButton {
  readonly #button = byId('start', HTMLButtonElement);
  readonly #note = byId('start-note', HTMLParagraphElement);

  constructor(onPressed: () => void) {
    this.#button.addEventListener('click', onPressed);
  }

  /** Matched players have nobody to wait for, so there is nothing to start. */
  set isHidden(isHidden: boolean) {
    this.#button.hidden = isHidden;
    this.#note.hidden = isHidden;
  }

  update(match: Match, waitsForReady: boolean): void {
    const { label, note, isDisabled } = startOf(match, waitsForReady);
    setText(this.#button, label);
    setText(this.#note, note);
    this.#button.disabled = isDisabled;
  }
}
