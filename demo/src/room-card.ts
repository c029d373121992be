import { CodeButton } from './code-button.ts';
import { byId, setText } from './dom.ts';
import { HostTools, type HostToolsEvents } from './host-tools.ts';
import { LinksCard } from './links-card.ts';
import { pairsOf } from './pairs.ts';
import type { Play } from './play.ts';
import { PlayerTable } from './player-table.ts';
import { isStar } from './star.ts';
import { StartButton } from './start-button.ts';
import type { Voice } from './voice.ts';

const PHASES: { readonly [phase: string]: string } = {
  waiting: 'Opening',
  gathering: 'Waiting for players',
  ready: 'Open',
  sealed: 'Playing',
  closed: 'Host has left',
};

export interface RoomCardEvents extends HostToolsEvents {
  /** Begin the game, or open the room again. */
  onStart(): void;
  onReady(ready: boolean): void;
  onLeave(): void;
  onMenu(peerId: number): void;
}

/** The room's state, its players and their links, in words. */
export class RoomCard {
  readonly #view = byId('room', HTMLDivElement);
  readonly #title = byId('room-title', HTMLHeadingElement);
  readonly #phase = byId('phase', HTMLSpanElement);
  readonly #start: StartButton;
  readonly #ready = byId('ready', HTMLButtonElement);
  readonly #code = new CodeButton();
  readonly #players: PlayerTable;
  readonly #links: LinksCard;
  readonly #tools: HostTools;
  #isOpenToOthers = true;

  /** `isForced`: this page takes TURN servers only. */
  constructor(isForced: boolean, events: RoomCardEvents) {
    this.#links = new LinksCard(isForced);
    this.#players = new PlayerTable(events.onMenu);
    this.#tools = new HostTools(events);
    this.#start = new StartButton(events.onStart);
    this.#ready.addEventListener('click', () => events.onReady(!this.#isReady));
    byId('leave', HTMLButtonElement).addEventListener('click', events.onLeave);
  }

  /** Whether the host wants all to be ready before the game begins. */
  get waitsForReady(): boolean {
    return this.#tools.waitsForReady;
  }

  show(isOpenToOthers: boolean): void {
    this.#view.hidden = false;
    this.#isOpenToOthers = isOpenToOthers;
    this.#start.isHidden = !isOpenToOthers;
  }

  hide(): void {
    this.#view.hidden = true;
    this.#players.clear();
    this.#tools.close();
  }

  update(play: Play, voice: Voice): void {
    const { match } = play;
    const { room, players, host } = match;
    const phase = room?.phase ?? 'waiting';
    const pairs = pairsOf(match);
    const up = pairs.filter(({ state }) => state === 'connected').length;
    setText(this.#title, room?.name || 'Room');
    setText(this.#phase, PHASES[phase] ?? phase);
    this.#phase.dataset.phase = phase;
    this.#set('count', `${players.length} of ${room?.maxPlayers ?? '…'}`);
    this.#set('links-up', pairs.length === 0 ? 'none' : `${up} of ${pairs.length}`);
    this.#set('host', host ? `${host.username}${match.isHost ? ' (you)' : ''}` : 'none');
    this.#set('version', `${room?.clientVersion ?? 'any'}${isStar(match) ? ', star' : ''}`);
    this.#code.show(
      this.#isOpenToOthers ? (room?.code ?? '') : null,
      phase !== 'sealed' && phase !== 'closed',
    );
    this.#tools.update(match.isHost && this.#isOpenToOthers ? room : null);
    this.#ready.setAttribute('aria-pressed', `${match.self?.ready ?? false}`);
    this.#start.update(match, this.waitsForReady);
    this.#players.update(play, voice);
    this.#links.update(match);
  }

  get #isReady(): boolean {
    return this.#ready.getAttribute('aria-pressed') === 'true';
  }

  #set(id: string, text: string): void {
    setText(byId(id, HTMLElement), text);
  }
}
