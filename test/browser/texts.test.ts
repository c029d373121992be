import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './support/player.ts';
import { textMistakes } from './support/texts.ts';

// What the other tests rely on to find what cannot be read.

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 320, height: 640 } });
});
afterAll(() => browser?.close());

const long = 'Clever Badger (you, host)';

test.each([
  ['a text that wraps', `<p>${long} ${long} ${long}</p>`],
  ['a text that is scrolled to', `<div style="height:30px;overflow:auto"><p>${long}</p><p>${long}</p></div>`],
  ['two texts in a line', `<p><b>${long}</b> <i>is here</i></p>`],
  [
    'a text for screen readers alone',
    `<p>${long}</p><p class="unseen" style="position:absolute;top:0">${long}</p>`,
  ],
  ['what lies under a dialog', `<p>${long}</p><dialog open style="top:0">Go in</dialog>`],
])('%s can be read', async (_, html) => {
  await page.setContent(html);
  expect(await page.evaluate(textMistakes)).toEqual([]);
});

test.each([
  [
    'cut with an ellipsis',
    'cut:',
    `<p style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">${long}</p>`,
  ],
  ['cut below', 'cut:', `<div style="height:12px;overflow:hidden"><p style="margin:0">${long}</p></div>`],
  ['wider than the screen', 'beyond the screen:', `<p style="white-space:nowrap">${long} ${long}</p>`],
  [
    'wider than its button',
    'out of its button:',
    `<button style="width:60px;white-space:nowrap;padding:0">${long}</button>`,
  ],
  ['over another', 'overlap:', `<p style="margin:0">${long}</p><p style="margin:-14px 0 0">${long}</p>`],
  ['over another in a picture', 'overlap:', `<svg><text y="20">12 ms</text><text y="24">30 ms</text></svg>`],
  ['covered', 'covered by div', `<p>${long}</p><div style="position:fixed;inset:0;background:white"></div>`],
  [
    'a choice without room',
    'cut in its field:',
    `<select style="width:60px"><option>up to 8 players</option></select>`,
  ],
  ['a hint without room', 'cut in its field:', `<input placeholder="${long}" style="width:60px">`],
])('a text that is %s is found', async (_, mistake, html) => {
  await page.setContent(html);
  expect((await page.evaluate(textMistakes)).join()).toContain(mistake);
});
