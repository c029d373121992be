import type { LinkState, OnlineMatch, Player } from '../../clients/web/src/index.ts';
import { byId, colourOf, setText } from './dom.ts';
import type { Game } from './game.ts';
import type { LinkStats } from './link-stats.ts';
import type { Play } from './play.ts';
import { linkTo } from './room-link.ts';

const PHASES: { readonly [phase: string]: string } = {
  waiting: 'Opening',
  gathering: 'Waiting for players',
  ready: 'Open',
  sealed: 'Playing',
  closed: 'Host has left',
};
const STATES: { readonly [state in LinkState]: string } = {
  connected: 'connected',
  connecting: 'connecting …',
  failed: 'failed',
};

/** The room's state, its players and their links, in words. */
export class RoomCard {
  readonly #view = byId('room', HTMLDivElement);
  readonly #phase = byId('phase', HTMLSpanElement);
  readonly #share = byId('share', HTMLDivElement);
  readonly #link = byId('room-link', HTMLInputElement);
  readonly #copy = byId('copy', HTMLButtonElement);
  readonly #start = byId('start', HTMLButtonElement);
  readonly #players = byId('players', HTMLElement);
  readonly #row = byId('player-row', HTMLTemplateElement);
  readonly #rows = new Map<number, HTMLElement>();

  constructor({ onStart, onLeave }: { onStart: () => void; onLeave: () => void }) {
    this.#start.addEventListener('click', onStart);
    byId('leave', HTMLButtonElement).addEventListener('click', onLeave);
    this.#copy.addEventListener('click', () => void this.#copyLink());
  }

  show(matchId: string, isOpenToOthers: boolean): void {
    this.#view.hidden = false;
    this.#share.hidden = !isOpenToOthers;
    this.#start.hidden = !isOpenToOthers;
    this.#link.value = linkTo(matchId, location.href);
  }

  hide(): void {
    this.#view.hidden = true;
    this.#rows.clear();
    this.#players.replaceChildren();
  }

  update({ match, stats, game }: Play): void {
    const { room, players, host } = match;
    const phase = room?.phase ?? 'waiting';
    const linkStates = room?.links.map(({ state }) => state) ?? [];
    const up = linkStates.filter((state) => state === 'connected').length;
    setText(this.#phase, PHASES[phase] ?? phase);
    this.#phase.dataset.phase = phase;
    this.#set('count', `${players.length} of ${room?.maxPlayers ?? '…'}`);
    this.#set('links-up', linkStates.length === 0 ? 'none' : `${up} of ${linkStates.length}`);
    this.#set('host', host ? `${host.username}${match.isHost ? ' (you)' : ''}` : 'none');
    this.#set('version', room?.clientVersion ?? 'any');
    setText(this.#start, phase === 'sealed' ? 'Nobody else comes in' : 'Start the game');
    this.#start.disabled = !(match.isHost && match.state === 'ready' && phase === 'ready');
    this.#updatePlayers(match, stats, game);
  }

  #updatePlayers({ players, self, host }: OnlineMatch, stats: Play['stats'], game: Game): void {
    const present = new Set(players.map(({ peerId }) => peerId));
    for (const [peerId, row] of this.#rows) {
      if (present.has(peerId)) continue;
      row.remove();
      this.#rows.delete(peerId);
    }
    for (const [index, player] of players.entries()) {
      const row = this.#rows.get(player.peerId) ?? this.#addRow(player);
      if (this.#players.children[index] !== row)
        this.#players.insertBefore(row, this.#players.children[index] ?? null);
      const isSelf = player.peerId === self?.peerId;
      const measured = stats.get(player.peerId);
      const isHost = player.peerId === host?.peerId;
      const marks = [isSelf && 'you', isHost && 'host'].filter(Boolean).join(', ');
      setText(part(row, '.who'), player.username);
      row.title = player.username;
      setText(part(row, '.marks'), marks && `(${marks})`);
      part(row, '.crown').classList.toggle('worn', isHost);
      row.classList.toggle('away', player.away);
      part(row, '.link').dataset.state = isSelf ? '' : player.away ? 'away' : player.status;
      setText(part(row, '.link'), isSelf ? '' : linkOf(player, measured));
      const isMeasured = player.status === 'connected' && !player.away && measured !== undefined;
      setText(part(row, '.trip'), !isSelf && isMeasured ? milliseconds(measured.roundTripMs) : '');
      setText(part(row, '.score'), `${game.scoreOf(player.peerId)}`);
    }
  }

  #addRow({ peerId }: Player): HTMLElement {
    const row = part(this.#row.content.cloneNode(true) as DocumentFragment, 'tr');
    part(row, '.dot').style.setProperty('--colour', `var(${colourOf(peerId)})`);
    this.#rows.set(peerId, row);
    return row;
  }

  #set(id: string, text: string): void {
    const element = byId(id, HTMLElement);
    setText(element, text);
    element.title = text;
  }

  /** Pages without https have no clipboard to write to, but can copy what is selected. */
  async #copyLink(): Promise<void> {
    this.#link.select();
    const isCopied = await navigator.clipboard.writeText(this.#link.value).then(
      () => true,
      () => document.execCommand('copy'),
    );
    setText(this.#copy, isCopied ? 'Copied' : 'Press Ctrl+C');
    setTimeout(() => setText(this.#copy, 'Copy link'), COPIED_MS);
  }
}

const COPIED_MS = 2_000;

function part(parent: ParentNode, selector: string): HTMLElement {
  return parent.querySelector<HTMLElement>(selector) as HTMLElement;
}

function linkOf({ away, awaySec, status }: Player, measured: LinkStats | undefined): string {
  if (away) return `away, ${awaySec} s`;
  return status === 'connected' && measured?.isRelayed ? 'relayed' : STATES[status];
}

function milliseconds(value: number): string {
  return value < 1 ? '< 1 ms' : `${Math.round(value)} ms`;
}
