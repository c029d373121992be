import type { Page } from 'playwright-core';
import { textMistakes } from './texts.ts';

const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
  { width: 844, height: 390 },
] as const;

/** No text of the page as it is now is cut, or overlaps another. */
export async function expectReadable(page: Page): Promise<void> {
  expect(await page.evaluate(textMistakes)).toEqual([]);
}

/** The same on all kinds of screens, none of which is scrolled to the side. */
export async function expectReadableOnAnyScreen(page: Page): Promise<void> {
  const own = page.viewportSize();
  const mistakes: unknown[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    const found = await page.evaluate(textMistakes);
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (found.length > 0 || isWider) mistakes.push({ ...screen, found, isWider });
  }
  if (own !== null) await page.setViewportSize(own);
  expect(mistakes).toEqual([]);
}
