import type { Browser } from 'playwright-core';
import { launchBrowser, Player } from './support/player.ts';
import { Site } from './support/site.ts';

// A page from http://LAN-address, as `npm start -- --host 0.0.0.0` serves it to other devices: browsers withhold from it what
// they give to https and to this machine's own addresses, such as the clipboard and crypto.randomUUID().

const host = 'game.test';

let site: Site;
let browser: Browser;
let url: string;

beforeAll(async () => {
  site = await Site.start();
  browser = await launchBrowser(`--host-resolver-rules=MAP ${host} 127.0.0.1`);
  url = site.url.replace('127.0.0.1', host);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

test('two play on a page that browsers do not trust, by a link that was copied', async () => {
  const first = await Player.open(browser, url);
  expect(
    await first.page.evaluate(() => [isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard]),
  ).toEqual([false, 'undefined', 'undefined']);
  const link = await first.makeRoom();
  await first.button('Copy the link').click();
  await first.sees('Link copied');

  const second = await Player.open(browser, url);
  const field = second.page.getByRole('textbox', { name: 'Code or link' });
  await field.focus();
  await second.page.keyboard.press('Control+V');
  // What it shows of a link is the code of the room.
  expect(await field.inputValue()).toBe(new URL(link).hash.slice(1));
  await field.press('Enter');
  await first.seesPlayer(second.name);
  await second.seesPlayer(first.name);
  expect([...first.mistakes, ...second.mistakes]).toEqual([]);
});
