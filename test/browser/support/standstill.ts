import type { Page } from 'playwright-core';

/** The page hangs for so long: nothing in it runs, while its sockets and connections live. */
export async function hang(page: Page, seconds: number): Promise<void> {
  await page.evaluate((ms) => {
    setTimeout(() => {
      const end = performance.now() + ms;
      while (performance.now() < end) {
        // It hangs.
      }
    });
  }, seconds * 1000);
}

/** As in a tab that is not looked at: the page is told so, and gets no frames. */
export async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    const own = window as unknown as Frames;
    own.realFrame ??= requestAnimationFrame.bind(window);
    own.heldFrames ??= [];
    const { realFrame, heldFrames } = own;
    window.requestAnimationFrame = hidden ? (callback) => heldFrames.push(callback) : realFrame;
    if (!hidden) for (const callback of heldFrames.splice(0)) realFrame(callback);
    const visibilityState = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibilityState });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

interface Frames {
  realFrame?: typeof requestAnimationFrame;
  heldFrames?: FrameRequestCallback[];
}
