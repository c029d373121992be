import type { Bot } from '../../kit/players/bot.ts';
import { LightBot } from '../../kit/players/light-bot.ts';
import type { Account, SocketPlayer } from '../../kit/players/socket-player.ts';
import { connectBot } from '../../kit/players/websocket.ts';
import type { Random } from '../../kit/random.ts';
import type { Cost } from './hostile/cost.ts';
import { type Link, openLink } from './link.ts';
import type { World } from './world.ts';

/** Reached only when something is wrong. */
export const LIMIT_MS = 20_000;
const POLL_MS = 50;

/** What does not hold, in words. */
export class Broken extends Error {}

/** The bots of one run of a scenario, what they did, and what was checked of it. */
export class Crew {
  readonly deeds = new Map<string, number>();
  checks = 0;
  /** The longest that anything took to be as it must. */
  slowest = { what: '', ms: 0 };
  /** What its attacks cost others. */
  readonly costs: Cost[] = [];
  private readonly players: SocketPlayer[] = [];
  private readonly links: Link[] = [];

  constructor(
    readonly world: World,
    readonly random: Random,
  ) {}

  /** A player with a socket of its own, directly or by a link. */
  async bot(link?: Link): Promise<Bot> {
    const [bot] = await this.newBots(1, link);
    return bot as Bot;
  }

  async newBots(count: number, link?: Link): Promise<Bot[]> {
    return this.connect(count, (account) => connectBot(link?.port ?? this.world.server.port, account));
  }

  /** Players who keep nothing of what they are sent; `first` of the world's accounts is the first one's. */
  async lightBots(count: number, first?: number): Promise<LightBot[]> {
    return this.connect(count, (account) => LightBot.connect(this.world.server.port, account), first);
  }

  private async connect<P extends SocketPlayer>(
    count: number,
    open: (account: Account) => Promise<P>,
    first = this.players.length,
  ) {
    const accounts = Array.from({ length: count }, (_, i) => this.world.account(first + i));
    const players = await Promise.all(accounts.map(async (account) => open(await account)));
    this.players.push(...players);
    return players;
  }

  async link(): Promise<Link> {
    const link = await openLink(this.world.server.port);
    this.links.push(link);
    return link;
  }

  did(what: string, times = 1): void {
    this.deeds.set(what, (this.deeds.get(what) ?? 0) + times);
  }

  check(what: string, holds: boolean, found?: unknown): void {
    this.checks++;
    if (!holds) throw new Broken(found === undefined ? what : `${what}: ${JSON.stringify(found)}`);
  }

  /** Looks until it holds, and notes how long that took. */
  async within<T>(
    what: string,
    look: () => T | Promise<T>,
    holds: (found: T) => boolean,
    limitMs = LIMIT_MS,
  ): Promise<T> {
    const begun = performance.now();
    for (;;) {
      const found = await look();
      const ms = performance.now() - begun;
      if (holds(found)) {
        this.checks++;
        if (ms > this.slowest.ms) this.slowest = { what, ms };
        return found;
      }
      if (ms > limitMs)
        throw new Broken(`${what}: not within ${limitMs / 1000} s, it is ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Everybody goes, with or without a goodbye. */
  async disband(): Promise<void> {
    for (const player of this.players.splice(0)) player.terminate();
    for (const link of this.links.splice(0)) await link.close();
  }
}
