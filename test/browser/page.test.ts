import type { Browser } from 'playwright-core';
import { arenaText } from './support/arena.ts';
import { launchBrowser, Player, phone } from './support/player.ts';
import { Site } from './support/site.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([Site.start(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const open = (path = '', options = {}) => Player.open(browser, `${site.url}${path}`, options);

test.each([
  ['no match id', '#nonsense'],
  ['a room that is over', '#00000000-0000-4000-8000-000000000000.online-match'],
])('a link with %s says that there is no such room, and the lobby goes on', async (_, hash) => {
  const player = await open(hash);
  await player.sees('There is no such room. It has ended, or the link or code is wrong.');
  await player.button('Close this message').click();
  expect(await player.reads()).toBe('');
  await player.makeRoom();
  await player.close();
});

test('a server that is not there is named', async () => {
  const player = await open('?port=1');
  await player.button('Make a room').click();
  await player.sees('There is no server at 127.0.0.1:1.');
  await player.close();
});

test('joining without a link asks for one', async () => {
  const player = await open();
  await player.button('Join').click();
  await player.sees('Type a code or paste a link first.');
  await player.close();
});

test('a name that another has gets a number', async () => {
  const both = await Promise.all([open(), open()]);
  for (const player of both) {
    await player.page.getByLabel('Your name').fill('Robin <Hood>');
    await player.makeRoom();
  }
  await both[0].seesPlayer('Robin <Hood>', 'you');
  await both[1].sees(/^Robin <Hood> \d+$/);
  for (const player of both) await player.close();
});

test('a name is kept for the next visit', async () => {
  const player = await open();
  await player.page.getByLabel('Your name').fill('Ada');
  await player.page.getByLabel('Your name').blur();
  const later = await player.page.context().newPage();
  await later.goto(site.url);
  expect(await later.getByLabel('Your name').inputValue()).toBe('Ada');
  await player.close();
});

test('everything can be done by keys alone, and what has the focus is seen', async () => {
  const player = await open();
  const { keyboard } = player.page;
  const seen: string[] = [];
  for (let i = 0; i < 9; i++) {
    await keyboard.press('Tab');
    seen.push(await player.page.evaluate(describeFocus));
  }
  expect(seen).toEqual([
    'arena',
    'name',
    'seats',
    'quick',
    'create',
    'matchmake',
    'SUMMARY',
    'link',
    'submit',
  ]);

  await player.button('Make a room').focus();
  await keyboard.press('Enter');
  await player.sees('You are alone in the room');
  expect(await player.page.evaluate(describeFocus)).toBe('arena');
  const before = await player.discOf(player.name);
  await keyboard.down('d');
  await player.seesRightOf(player.name, { ...before, x: before.x + 0.05 });
  await keyboard.up('d');

  const room: string[] = [];
  for (let i = 0; i < 8; i++) {
    await keyboard.press('Tab');
    room.push(await player.page.evaluate(describeFocus));
  }
  expect(room).toEqual(['code', 'ready', 'leave', 'mic', 'SUMMARY', 'SUMMARY', 'text', 'submit']);
  await keyboard.press('Shift+Tab');
  await keyboard.type('wasd');
  await keyboard.press('Enter');
  await player.sees(`${player.name}: wasd`);

  await player.button('Leave').focus();
  await keyboard.press('Enter');
  await player.button('Make a room').waitFor();
  expect(await player.page.evaluate(describeFocus)).toBe('quick');
  await player.close();
});

/** The focused element, which must have an outline. Runs in the page. */
function describeFocus(): string {
  const element = document.activeElement as HTMLElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  if (outlineStyle === 'none' || outlineWidth === '0px') return `${element.outerHTML} without an outline`;
  return element.id === 'join' ? 'submit' : element.id || element.getAttribute('type') || element.tagName;
}

test('the link can be copied', async () => {
  const player = await open('', { permissions: ['clipboard-read', 'clipboard-write'] });
  const link = await player.makeRoom();
  await player.button('Copy the link').click();
  await player.sees('Link copied');
  expect(await player.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await player.close();
});

test('on a phone the page fits, stays where it is, and is played with a finger', async () => {
  const host = await open();
  const guest = await Player.open(browser, await host.makeRoom(), phone);
  await guest.isLinkedTo(1);
  expect(await guest.isWiderThanScreen()).toBe(false);
  expect(await guest.shifted()).toBeLessThan(0.01);

  const before = await host.discOf(guest.name);
  await guest.dragInArena(before, { ...before, x: 0.9 });
  await host.seesRightOf(guest.name, { ...before, x: before.x + 0.2 });
  await guest.finger.lift();

  await guest.button('Leave').click();
  await guest.button('Make a room').waitFor();
  expect(await guest.isWiderThanScreen()).toBe(false);
  for (const player of [host, guest]) expect(player.mistakes).toEqual([]);
  expect(await host.shifted()).toBeLessThan(0.01);
  for (const player of [host, guest]) await player.close();
});

test('a lost server is told', async () => {
  const own = await Site.start();
  const player = await Player.open(browser, own.url);
  await player.makeRoom();
  await player.page.getByLabel(arenaText).focus();
  await own.stop();
  await player.sees('The connection to the server was lost.');
  await player.sees('The server cannot be reached right now.');
  await player.button('Leave').click();
  await player.button('Make a room').waitFor();
  await player.close();
});
