import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { byId, colourOf, setText } from './dom.ts';
import { type Pair, pairsOf, tripOf, wayOf } from './pairs.ts';
import { labelPlace, NODE, type Place, placesOf, RING_HEIGHT, RING_WIDTH } from './ring.ts';
import { whyFailed } from './why.ts';

/** The links of a room: a ring of its players with the way and the round trip of each, and in words. */
export class LinksCard {
  readonly #ring = document.querySelector('#ring') as SVGSVGElement;
  readonly #note = byId('links-note', HTMLParagraphElement);
  readonly #failed = byId('links-failed', HTMLUListElement);
  readonly #all = byId('links-all', HTMLUListElement);
  readonly #isForced: boolean;
  #drawn = '';

  /** `isForced`: this page takes TURN servers only. */
  constructor(isForced: boolean) {
    this.#isForced = isForced;
    this.#ring.setAttribute('viewBox', `0 0 ${RING_WIDTH} ${RING_HEIGHT}`);
  }

  update(match: OnlineMatch): void {
    const pairs = pairsOf(match);
    const name = (peerId: number) => match.playersByPeerId.get(peerId)?.username ?? '';
    setText(this.#note, sumOf(pairs));
    setItems(
      this.#failed,
      pairs
        .filter(({ state }) => state === 'failed')
        .map(
          (pair) =>
            `${name(pair.a)} and ${name(pair.b)}: ${whyFailed(pair, match.self?.peerId, this.#isForced)}`,
        ),
    );
    setItems(
      this.#all,
      pairs.map((pair) => `${name(pair.a)} – ${name(pair.b)}: ${wayOf(pair)} ${tripOf(pair)}`.trim()),
    );
    this.#draw(
      match.players.map(({ peerId }) => peerId),
      match.self?.peerId ?? 0,
      pairs,
    );
  }

  #draw(peerIds: readonly number[], self: number, pairs: readonly Pair[]): void {
    const drawn = JSON.stringify([peerIds, self, pairs]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const places = placesOf(peerIds.length);
    const lines: Node[] = [];
    const labels: Node[] = [];
    for (const pair of pairs) {
      const [a, b] = [peerIds.indexOf(pair.a), peerIds.indexOf(pair.b)];
      lines.push(lineOf(places[a], places[b], pair));
      const place = labelPlace(a, b, peerIds.indexOf(self), places);
      if (place !== null) labels.push(labelOf(place, pair));
    }
    const nodes = peerIds.map((peerId, index) => nodeOf(places[index], peerId, peerId === self));
    this.#ring.replaceChildren(...lines, ...nodes, ...labels);
  }
}

function sumOf(pairs: readonly Pair[]): string {
  const up = pairs.filter(({ state }) => state === 'connected').length;
  if (pairs.length === 0) return 'Nobody to be linked to yet.';
  return up === pairs.length ? 'All links are up.' : `${up} of ${pairs.length} links are up.`;
}

function setItems(list: HTMLUListElement, texts: readonly string[]): void {
  while (list.childElementCount > texts.length) list.lastElementChild?.remove();
  for (const [index, text] of texts.entries()) {
    const item = list.children[index] ?? list.appendChild(document.createElement('li'));
    setText(item, text);
  }
}

function lineOf(from: Place | undefined, to: Place | undefined, { state, via }: Pair): SVGElement {
  const ends = { x1: from?.x, y1: from?.y, x2: to?.x, y2: to?.y };
  return shape('line', { ...ends, class: `${state} ${via ?? ''}` });
}

function labelOf({ x, y }: Place, pair: Pair): SVGElement {
  // Longer words have no room there.
  const way = pair.state === 'connecting' ? '…' : wayOf(pair).replace('connected', 'up');
  const rows = [way, tripOf(pair)].filter((row) => row !== '');
  const text = shape('text', { class: `${pair.state} label`, y: y + 4 - (rows.length - 1) * 6 });
  text.append(
    ...rows.map((row, index) => {
      const line = shape('tspan', { x, ...(index > 0 && { dy: 12 }) });
      line.textContent = row;
      return line;
    }),
  );
  return text;
}

function nodeOf({ x, y }: Place = { x: 0, y: 0 }, peerId: number, isSelf: boolean): SVGElement {
  const node = shape('g', { class: isSelf ? 'node self' : 'node' });
  const disc = shape('circle', { cx: x, cy: y, r: NODE });
  disc.style.setProperty('--colour', `var(${colourOf(peerId)})`);
  const number = shape('text', { x, y: y + 4 });
  number.textContent = `${peerId}`;
  node.append(disc, number);
  return node;
}

function shape(kind: string, attributes: Record<string, string | number | undefined>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value ?? 0}`);
  return element;
}
