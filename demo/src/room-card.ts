import type { OnlineMatch, Room } from '../../clients/web/src/index.ts';
import { CodeButton } from './code-button.ts';
import { byId, setText } from './dom.ts';
import { HostTools, type HostToolsEvents } from './host-tools.ts';
import type { Play } from './play.ts';
import { PlayerTable } from './player-table.ts';

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
  readonly #start = byId('start', HTMLButtonElement);
  readonly #ready = byId('ready', HTMLButtonElement);
  readonly #code = new CodeButton();
  readonly #players: PlayerTable;
  readonly #tools: HostTools;
  #isOpenToOthers = true;

  constructor(events: RoomCardEvents) {
    this.#players = new PlayerTable(events.onMenu);
    this.#tools = new HostTools(events);
    this.#start.addEventListener('click', events.onStart);
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
    this.#start.hidden = !isOpenToOthers;
  }

  hide(): void {
    this.#view.hidden = true;
    this.#players.clear();
    this.#tools.close();
  }

  update(play: Play): void {
    const { match } = play;
    const { room, players, host } = match;
    const phase = room?.phase ?? 'waiting';
    const linkStates = room?.links.map(({ state }) => state) ?? [];
    const up = linkStates.filter((state) => state === 'connected').length;
    setText(this.#title, room?.name || 'Room');
    this.#title.title = room?.name ?? '';
    setText(this.#phase, PHASES[phase] ?? phase);
    this.#phase.dataset.phase = phase;
    this.#set('count', `${players.length} of ${room?.maxPlayers ?? '…'}`);
    this.#set('links-up', linkStates.length === 0 ? 'none' : `${up} of ${linkStates.length}`);
    this.#set('host', host ? `${host.username}${match.isHost ? ' (you)' : ''}` : 'none');
    this.#set('version', room?.clientVersion ?? 'any');
    this.#code.show(this.#isOpenToOthers ? (room?.code ?? '') : null);
    this.#tools.update(match.isHost && this.#isOpenToOthers ? room : null);
    this.#ready.setAttribute('aria-pressed', `${match.self?.ready ?? false}`);
    this.#updateStart(match, room);
    this.#players.update(play);
  }

  #updateStart(match: OnlineMatch, room: Room | null): void {
    const isSealed = room?.phase === 'sealed';
    const canOpen = isSealed && match.isHost;
    const others = isSealed ? 'Nobody else comes in' : 'Start the game';
    setText(this.#start, canOpen ? 'Open the room again' : others);
    const isHeld = this.waitsForReady && !room?.allReady;
    const canStart = match.isHost && match.state === 'ready' && room?.phase === 'ready' && !isHeld;
    this.#start.disabled = !canOpen && !canStart;
  }

  get #isReady(): boolean {
    return this.#ready.getAttribute('aria-pressed') === 'true';
  }

  #set(id: string, text: string): void {
    const element = byId(id, HTMLElement);
    setText(element, text);
    element.title = text;
  }
}
