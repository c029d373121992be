import type { CDPSession, Page } from 'playwright-core';
import type { Place } from './arena.ts';

/** The first ones tell a browser that it is a wipe; the page follows those after them. */
const STEPS = 10;

/** A finger on a page, in its pixels. */
export class Finger {
  private devtools: CDPSession | undefined;

  constructor(private readonly page: Page) {}

  /** Puts it down, draws it to another place and leaves it there. */
  async drag(from: Place, to: Place): Promise<void> {
    await this.touch('touchStart', [from]);
    for (let step = 1; step <= STEPS; step++) {
      const part = step / STEPS;
      const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
      await this.touch('touchMove', [{ x, y }]);
    }
  }

  lift(): Promise<void> {
    return this.touch('touchEnd', []);
  }

  private async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]): Promise<void> {
    this.devtools ??= await this.page.context().newCDPSession(this.page);
    await this.devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
