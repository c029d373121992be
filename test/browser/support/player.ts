import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { arenaText, discOf, type Place } from './arena.ts';
import { Finger } from './finger.ts';
import { expectReadable, expectReadableOnAnyScreen } from './readable.ts';
import { hang, hide } from './standstill.ts';
import { watchVoices } from './voices.ts';
import { type Connections, countConnections, watchShifts } from './watch.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM as string, args: [...flags, ...more] });
}

export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
};

/** So many so far, of this file's own. */
let opened = 0;

/** Somebody with the page open, in a browser profile of their own. */
export class Player {
  /** What the page threw. */
  readonly mistakes: string[] = [];
  readonly finger: Finger;

  private constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.finger = new Finger(page);
    page.on('pageerror', (error) => this.mistakes.push(String(error)));
    page.setDefaultTimeout(15_000);
  }

  /** Opens the page, or a link to a room, under a name that nobody else has. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Player> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const name = `Player ${String(++opened).padStart(3, '0')}`;
    await page.addInitScript((remembered) => localStorage.setItem('tag.name', remembered), name);
    await page.addInitScript(watchShifts);
    await page.addInitScript(countConnections);
    await page.addInitScript(watchVoices);
    const player = new Player(page, name);
    await page.goto(url);
    return player;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Makes a room; resolves to its link. */
  async makeRoom(seats = 'up to 4'): Promise<string> {
    await this.page.getByRole('combobox', { name: 'Players' }).selectOption(seats);
    await this.button('Make a room').click();
    await this.sees('You are alone in the room');
    return this.link();
  }

  /** The link to the room that this player is in. */
  async link(): Promise<string> {
    await this.page.waitForURL(/#[A-Z]{6}$/);
    return this.page.url();
  }

  /** The code of the room, as the page shows it. */
  async code(): Promise<string> {
    await this.link();
    return (await this.page.locator('#letters').textContent()) ?? '';
  }

  /** What the host can do about a player. */
  async openMenuOf(name: string): Promise<void> {
    await this.button(`What to do about ${name}`).click();
  }

  /** Waits until the page says this anywhere. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
    await this.canRead();
  }

  /** No text of the page as it is now is cut, or overlaps another. */
  canRead(): Promise<void> {
    return expectReadable(this.page);
  }

  /** The same on all kinds of screens. */
  canReadOnAnyScreen(): Promise<void> {
    return expectReadableOnAnyScreen(this.page);
  }

  /** What went wrong, as the page has it. */
  async reads(): Promise<string | null> {
    return this.page.locator('#problem-sentence').textContent();
  }

  /** Waits for the row of a player to say this. */
  async seesPlayer(name: string, text: string | RegExp = ''): Promise<void> {
    await this.row(name).filter({ hasText: text }).waitFor();
    await this.canRead();
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Waits for a player to have caught others so often. */
  async seesScore(name: string, catches: string | RegExp): Promise<void> {
    await this.row(name).locator('.score').filter({ hasText: catches }).waitFor();
  }

  async scoreOf(name: string): Promise<string> {
    const score = this.row(name).locator('.score').filter({ hasText: /\d/ });
    await score.waitFor();
    return (await score.textContent()) ?? '';
  }

  /** Whether it was told in the chat. */
  async hasRead(text: string): Promise<boolean> {
    return (await this.page.getByRole('log').getByText(text).count()) > 0;
  }

  /** Loads the page again, as F5 does. */
  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** A second tab, as a browser makes it of this one: with its address and a copy of its `sessionStorage`. */
  async duplicate(): Promise<Player> {
    const kept = await this.page.evaluate(() => ({ ...sessionStorage }));
    const page = await this.page.context().newPage();
    await page.addInitScript((storage) => {
      if (sessionStorage.length === 0)
        for (const [key, value] of Object.entries(storage)) sessionStorage.setItem(key, value);
    }, kept);
    const copy = new Player(page, this.name);
    await page.goto(this.page.url());
    return copy;
  }

  hang(seconds: number): Promise<void> {
    return hang(this.page, seconds);
  }

  hide(isHidden: boolean): Promise<void> {
    return hide(this.page, isHidden);
  }

  /** Waits until so many links of this player are up, and measured. */
  async isLinkedTo(count: number, way: 'direct' | 'TURN' | 'server' = 'direct'): Promise<void> {
    const up = this.page.getByRole('row').filter({ hasText: new RegExp(`${way}\\s+(< )?[\\d.]+ m?s`) });
    await up.nth(count - 1).waitFor();
    await this.canRead();
  }

  /** What the page's WebRTC did so far. */
  connections(): Promise<Connections> {
    return this.page.evaluate(() => (window as unknown as { connections: Connections }).connections);
  }

  /** Waits until this player's WebRTC makes an ICE restart. */
  async hasRestarted(): Promise<void> {
    await this.page.waitForFunction(
      () => (window as unknown as { connections: Connections }).connections.restarts > 0,
    );
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel('Say something').fill(text);
    await this.button('Send').click();
  }

  /** Where a player's disc is on this screen, in parts of the arena. */
  async discOf(name: string): Promise<Place> {
    const colour = await this.colourOf(name);
    return (await this.page.waitForFunction(discOf, { colour })).jsonValue() as Promise<Place>;
  }

  /** Waits until a player's disc is shown to the right of a place. */
  async seesRightOf(name: string, { x }: Place): Promise<void> {
    await this.page.waitForFunction(discOf, { colour: await this.colourOf(name), rightOf: x });
  }

  async colourOf(name: string): Promise<string> {
    const dot = this.row(name).locator('.dot');
    return dot.evaluate((element) => getComputedStyle(element).backgroundColor);
  }

  /** Presses the mouse on a place of the arena, and holds it. */
  async pressArena(place: Place): Promise<void> {
    const { x, y } = await this.pixelOf(place);
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
  }

  /** Puts a finger on a place of the arena, draws it to another and leaves it there. */
  async dragInArena(from: Place, to: Place): Promise<void> {
    await this.finger.drag(await this.pixelOf(from), await this.pixelOf(to));
  }

  private async pixelOf({ x, y }: Place): Promise<Place> {
    const box = await this.page.getByLabel(arenaText).boundingBox();
    if (box === null) throw new Error('the arena is not shown');
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  /** How much of the page has moved by itself so far. */
  shifted(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { shifted: number }).shifted);
  }

  isWiderThanScreen(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
