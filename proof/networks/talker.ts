import type { OnlineMatch, Player } from '../../clients/web/src/index.ts';

export type Order =
  | { readonly to: 'create' }
  | { readonly to: 'join'; readonly matchId: string }
  /** What they know, before they answer. */
  | { readonly to: 'tell' }
  /** The same, and they say no more. */
  | { readonly to: 'hush' };

/** What a player knows of the others, by peer id. */
export interface News {
  readonly links: Readonly<Record<number, Pick<Player, 'status' | 'via' | 'step'>>>;
  /** So many numbers were said to each, and heard of each. */
  readonly said: Readonly<Record<number, number>>;
  readonly heard: Readonly<Record<number, number>>;
  /** What must not be. */
  readonly mistakes: readonly string[];
}

/** How often each says something to each. */
export const TALK_MS = 200;
const NEWS_MS = 50;

/**
 * Plays: counts aloud to each of the others, by reliable messages, from the first link to them on; and says the same numbers by
 * unreliable ones, of which each may come once or never. In Node and in a page.
 */
export class Talker {
  readonly #match: OnlineMatch;
  readonly #tell: (news: News) => unknown;
  readonly #said: Record<number, number> = {};
  readonly #heard: Record<number, number> = {};
  readonly #heardLoosely: Record<number, Set<number>> = {};
  readonly #mistakes: string[] = [];
  #isHushed = false;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(match: OnlineMatch, tell: (news: News) => unknown) {
    this.#match = match;
    this.#tell = tell;
    match.on('message', ({ from, data, reliable }) => {
      if (reliable) this.#hear(from.peerId, Number(data));
      else this.#hearLoosely(from.peerId, Number(data));
    });
    match.on('playerStatusChanged', ({ peerId, status }) => {
      if (status === 'connected') this.#said[peerId] ??= 0;
      this.#tellSoon();
    });
    for (const name of ['disconnected', 'roomLost', 'left', 'playerLeft'] as const)
      match.on(name, () => this.#mistake(`${name} at ${this.#match.self?.peerId}`));
    setInterval(() => this.#talk(), TALK_MS);
  }

  /** Resolves to the id of the match, if there is one to tell. */
  async obey(order: Order): Promise<string | null> {
    switch (order.to) {
      case 'create':
        return (await this.#match.createMatch()).matchId;
      case 'join':
        return this.#match.joinMatch(order.matchId);
      case 'tell':
        await this.#tell(this.#news);
        return null;
      case 'hush':
        this.#isHushed = true;
        await this.#tell(this.#news);
        return null;
    }
  }

  get #news(): News {
    const others = this.#match.players.filter(({ peerId }) => peerId !== this.#match.self?.peerId);
    const links = others.map(({ peerId, status, via, step }) => [peerId, { status, via, step }]);
    return {
      links: Object.fromEntries(links),
      said: { ...this.#said },
      heard: { ...this.#heard },
      mistakes: this.#mistakes,
    };
  }

  #talk(): void {
    this.#match.tick();
    if (this.#isHushed) return;
    for (const [peerId, count] of Object.entries(this.#said)) {
      try {
        this.#match.send(Number(peerId), String(count + 1));
        this.#match.send(Number(peerId), String(count + 1), { reliable: false });
        this.#said[Number(peerId)] = count + 1;
      } catch (error) {
        this.#mistake(`${this.#match.self?.peerId} cannot send to ${peerId}: ${(error as Error).message}`);
      }
    }
  }

  #hear(from: number, number: number): void {
    const last = this.#heard[from] ?? 0;
    if (number !== last + 1)
      this.#mistake(`${this.#match.self?.peerId} heard ${number} after ${last} from ${from}`);
    this.#heard[from] = number;
    this.#tellSoon();
  }

  #hearLoosely(from: number, number: number): void {
    this.#heardLoosely[from] ??= new Set();
    const heard = this.#heardLoosely[from];
    if (heard.has(number))
      this.#mistake(`${this.#match.self?.peerId} heard a loose ${number} twice from ${from}`);
    heard.add(number);
  }

  #mistake(sentence: string): void {
    if (this.#mistakes.length < 10) this.#mistakes.push(sentence);
    this.#tellSoon();
  }

  /** Of many things at once, once. */
  #tellSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#tell(this.#news);
    }, NEWS_MS);
  }
}
