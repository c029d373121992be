import type { OnlineMatch, Player } from '../../clients/web/src/index.ts';
import { byId, colourOf, part, setText } from './dom.ts';
import { type Pair, pairsOf, pairWith, tripOf, wayOf } from './pairs.ts';
import type { Play } from './play.ts';
import { isLinkable } from './star.ts';
import type { Voice } from './voice.ts';
import { howFar } from './why.ts';

/** Who is in the room, how the link to them does, and how the game goes for them. */
export class PlayerTable {
  readonly #players = byId('players', HTMLElement);
  readonly #row = byId('player-row', HTMLTemplateElement);
  readonly #empty = byId('empty-row', HTMLTemplateElement);
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

  update({ match, game }: Play, voice: Voice): void {
    const { players, room } = match;
    const pairs = pairsOf(match);
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
      this.#updateRow(row, player, match, pairWith(pairs, match.self?.peerId ?? 0, player.peerId));
      this.#updateVoice(row, player, match, voice);
      setText(part(row, '.score'), `${game.scoreOf(player.peerId)}`);
    }
    this.#showEmpty((room?.maxPlayers ?? 0) - players.length);
  }

  #updateRow(row: HTMLElement, player: Player, match: OnlineMatch, pair: Pair | undefined): void {
    const isSelf = player.peerId === match.self?.peerId;
    const isHost = player.peerId === match.host?.peerId;
    const marks = [isSelf && 'you', isHost && 'host'].filter(Boolean).join(', ');
    setText(part(row, '.who'), player.username);
    setText(part(row, '.marks'), marks && `(${marks})`);
    setText(part(row, '.ready'), player.ready ? '✓ ' : '');
    setText(part(row, '.ready-word'), player.ready ? 'ready' : '');
    part(row, '.crown').classList.toggle('worn', isHost);
    row.classList.toggle('away', player.away);
    const link = part(row, '.link');
    link.dataset.state = isSelf ? '' : player.away ? 'away' : player.status;
    setText(link, isSelf ? '' : linkOf(player, match, pair));
    setText(part(row, '.trip'), pair === undefined || player.away ? '' : tripOf(pair));
    const menu = part(row, 'button');
    menu.hidden = isSelf || !match.isHost;
    menu.setAttribute('aria-label', `What to do about ${player.username}`);
  }

  /** Whose microphone is on; and while one's own is, who cannot hear it. */
  #updateVoice(row: HTMLElement, player: Player, { self }: OnlineMatch, voice: Voice): void {
    const isSelf = player.peerId === self?.peerId;
    const isOn = isSelf ? voice.isOn : voice.isHeard(player.peerId);
    part(row, '.mic').classList.toggle('on', isOn);
    setText(part(row, '.mic-word'), isOn ? 'microphone on' : '');
    const isLeftOut = voice.isOn && !isSelf && player.status === 'connected' && !player.media;
    setText(part(row, '.voiceless'), isLeftOut ? 'no voice' : '');
  }

  /** Their place is kept, so that nothing moves when players come. */
  #showEmpty(count: number): void {
    const shown = [...this.#players.querySelectorAll('.empty')];
    for (const row of shown.slice(Math.max(count, 0))) row.remove();
    for (let added = shown.length; added < count; added++)
      this.#players.append(this.#empty.content.cloneNode(true));
  }

  #addRow({ peerId }: Player): HTMLElement {
    const row = part(this.#row.content.cloneNode(true) as DocumentFragment, 'tr');
    setText(part(row, '.dot'), `${peerId}`);
    part(row, '.dot').style.setProperty('--colour', `var(${colourOf(peerId)})`);
    part(row, 'button').addEventListener('click', () => this.#onMenu(peerId));
    this.#rows.set(peerId, row);
    return row;
  }
}

function linkOf(player: Player, match: OnlineMatch, pair: Pair | undefined): string {
  const { away, awaySec, status, peerId } = player;
  if (away) return `away, ${awaySec} s: lost the server`;
  if (!isLinkable(match, peerId)) return 'by the host';
  if (status === 'connected' && pair !== undefined) return wayOf(pair);
  return howFar(player, pair?.reason ?? null);
}
