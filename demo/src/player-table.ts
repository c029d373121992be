import type { LinkState, OnlineMatch, Player } from '../../clients/web/src/index.ts';
import { byId, colourOf, part, setText } from './dom.ts';
import type { LinkStats } from './link-stats.ts';
import type { Play } from './play.ts';

const STATES: { readonly [state in LinkState]: string } = {
  connected: 'connected',
  connecting: 'connecting …',
  failed: 'failed',
};

/** Who is in the room, how the link to them does, and how the game goes for them. */
export class PlayerTable {
  readonly #players = byId('players', HTMLElement);
  readonly #row = byId('player-row', HTMLTemplateElement);
  readonly #rows = new Map<number, HTMLElement>();
  readonly #onMenu: (peerId: number) => void;

  /** `onMenu`: the host wants to do something about a player. */
  constructor(onMenu: (peerId: number) => void) {
    this.#onMenu = onMenu;
  }

  clear(): void {
    this.#rows.clear();
    this.#players.replaceChildren();
  }

  update({ match, stats, game }: Play): void {
    const { players } = match;
    this.#players.parentElement?.classList.toggle('hosted', match.isHost);
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
      this.#updateRow(row, player, match, stats.get(player.peerId));
      setText(part(row, '.score'), `${game.scoreOf(player.peerId)}`);
    }
  }

  #updateRow(row: HTMLElement, player: Player, match: OnlineMatch, measured: LinkStats | undefined): void {
    const isSelf = player.peerId === match.self?.peerId;
    const isHost = player.peerId === match.host?.peerId;
    const marks = [isSelf && 'you', isHost && 'host'].filter(Boolean).join(', ');
    setText(part(row, '.who'), player.username);
    part(row, '.who').title = player.username;
    setText(part(row, '.marks'), marks && `(${marks})`);
    setText(part(row, '.ready'), player.ready ? '✓ ' : '');
    setText(part(row, '.ready-word'), player.ready ? 'ready' : '');
    part(row, '.crown').classList.toggle('worn', isHost);
    row.classList.toggle('away', player.away);
    part(row, '.link').dataset.state = isSelf ? '' : stateOf(player, measured);
    setText(part(row, '.link'), isSelf ? '' : linkOf(player, measured));
    const isMeasured = player.status === 'connected' && !player.away && measured !== undefined;
    setText(part(row, '.trip'), !isSelf && isMeasured ? milliseconds(measured.roundTripMs) : '');
    const menu = part(row, 'button');
    menu.hidden = isSelf || !match.isHost;
    menu.setAttribute('aria-label', `What to do about ${player.username}`);
  }

  #addRow({ peerId }: Player): HTMLElement {
    const row = part(this.#row.content.cloneNode(true) as DocumentFragment, 'tr');
    part(row, '.dot').style.setProperty('--colour', `var(${colourOf(peerId)})`);
    part(row, 'button').addEventListener('click', () => this.#onMenu(peerId));
    this.#rows.set(peerId, row);
    return row;
  }
}

function stateOf({ away, status }: Player, measured: LinkStats | undefined): string {
  if (away) return 'away';
  return status === 'connected' && measured?.isRelayed ? 'relayed' : status;
}

function linkOf({ away, awaySec, status }: Player, measured: LinkStats | undefined): string {
  if (away) return `away, ${awaySec} s`;
  return status === 'connected' && measured?.isRelayed ? 'relayed' : STATES[status];
}

function milliseconds(value: number): string {
  return value < 1 ? '< 1 ms' : `${Math.round(value)} ms`;
}
