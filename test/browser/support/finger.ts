import type { CDPSession, Page } from 'playwright-core';
import type { Place } from './arena.ts';

/** A finger on a page, in its pixels. */
export class Finger {
  private devtools: CDPSession | undefined;

  constructor(private readonly page: Page) {}

  /** Puts it down, draws it to another place and leaves it there. */
  async drag(from: Place, to: Place): Promise<void> {
    await this.touch('touchStart', [from]);
    await this.touch('touchMove', [to]);
  }

  lift(): Promise<void> {
    return this.touch('touchEnd', []);
  }

  /** As one does to see what is further below. */
  async wipeUp({ x, y }: Place, pixels: number): Promise<void> {
    const session = await this.session();
    const gesture = { x, y, yDistance: -pixels, gestureSourceType: 'touch', preventFling: true } as const;
    await session.send('Input.synthesizeScrollGesture', gesture);
  }

  private async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]): Promise<void> {
    const session = await this.session();
    await session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  private async session(): Promise<CDPSession> {
    this.devtools ??= await this.page.context().newCDPSession(this.page);
    return this.devtools;
  }
}
