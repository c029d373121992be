import type { Browser } from 'playwright-core';
import { launchBrowser, Player } from './player.ts';
import { Site } from './site.ts';

type Options = Parameters<typeof Player.open>[2];

/**
 * A site and a browser for the tests of a file, and who comes in each of them: they leave when it ends, and by then no page
 * has thrown anything, and all can be read on any screen.
 */
export class Visitors {
  site!: Site;
  private browser!: Browser;
  private players: Player[] = [];

  /** How long a page may take for a step, in milliseconds, where that is not the browser's usual time; and the browser's `flags`. */
  constructor(
    private readonly patienceMs?: number,
    flags: readonly string[] = [],
  ) {
    beforeAll(async () => {
      [this.site, this.browser] = await Promise.all([Site.start(), launchBrowser(...flags)]);
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.site?.stop();
    });
    afterEach(() => this.leave());
  }

  async open(url = this.site.url, options: Options = {}): Promise<Player> {
    const player = await Player.open(this.browser, url, options);
    this.players.push(player);
    if (this.patienceMs !== undefined) player.page.setDefaultTimeout(this.patienceMs);
    return player;
  }

  private async leave(): Promise<void> {
    const players = this.players.splice(0);
    try {
      for (const player of players) if (!player.page.isClosed()) await player.canReadOnAnyScreen();
      expect(players.flatMap(({ mistakes }) => mistakes)).toEqual([]);
    } finally {
      for (const player of players) await player.close();
    }
  }
}
