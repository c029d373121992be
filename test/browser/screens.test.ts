import type { BrowserContextOptions } from 'playwright-core';
import { arenaText, discOf } from './support/arena.ts';
import { type Player, phone } from './support/player.ts';
import { Visitors } from './support/visitors.ts';

// What the page looks like on phones and desktops, in each of its states.

jest.setTimeout(240_000);

const visitors = new Visitors();
const sideways: BrowserContextOptions = { ...phone, viewport: { width: 844, height: 390 } };

async function open(url?: string, options?: BrowserContextOptions): Promise<Player> {
  const player = await visitors.open(url, options);
  player.page.setDefaultTimeout(60_000);
  return player;
}

/** Scrolls to everything that can be pressed, and looks whether it could be there. */
async function canTapAll({ page }: Player): Promise<void> {
  const all = page.locator('main :is(button:enabled, input:enabled, select:enabled, summary)');
  for (const one of await all.filter({ visible: true }).all()) await one.tap({ trial: true });
}

test('on a phone on its side everything can be reached, and the whole arena is seen', async () => {
  const player = await open(undefined, sideways);
  await player.page.getByText('Options of my room').tap();
  await canTapAll(player);
  await player.makeRoom();
  await canTapAll(player);
  await player.page.getByText('Change the room').tap();
  await canTapAll(player);
  await player.page.evaluate(() => scrollTo(0, 0));
  const {
    x = -1,
    y = -1,
    width = 0,
    height = 0,
  } = (await player.page.getByLabel(arenaText).boundingBox()) ?? {};
  expect([x >= 0, y >= 0, x + width <= 844, y + height <= 390]).toEqual([true, true, true, true]);
});

test('a finger on the arena scrolls the page, but for one on the own disc', async () => {
  const player = await open(undefined, phone);
  await player.makeRoom();
  const { page } = player;
  const disc = await player.discOf(player.name);
  await page.evaluate(() => scrollTo(0, 0));
  await player.dragInArena(disc, { ...disc, y: disc.y - 0.4 });
  // It went with the finger, and the page did not.
  await page.waitForFunction(discOf, { colour: await player.colourOf(player.name), above: disc.y - 0.02 });
  await player.finger.lift();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await player.dragInArena({ x: 0.9, y: 0.9 }, { x: 0.9, y: 0.3 });
  await player.finger.lift();
  await page.waitForFunction(() => scrollY > 100);
});

test('help is for the device', async () => {
  const [desktop, touched] = [await open(), await open(undefined, phone)];
  await desktop.sees(/W A S D/);
  await desktop.makeRoom();
  await desktop.sees('or open it in another window.');
  await touched.makeRoom();
  await touched.sees('You are alone in the room. Send others the link.');
});

test('all can be read on any screen, in every state before a room', async () => {
  const player = await open();
  await player.canReadOnAnyScreen();
  await player.page.getByText('Options of my room').click();
  await player.page.getByLabel('Room password').fill('secret');
  await player.canReadOnAnyScreen();
  await player.makeRoom();
  const link = await player.link();

  const guest = await open(link);
  await guest.sees('This room has a password.');
  await guest.canReadOnAnyScreen();
  await guest.page.getByLabel('Password', { exact: true }).fill('wrong');
  await guest.button('Go in').click();
  await guest.sees('That is not the password.');
  await guest.canReadOnAnyScreen();
  await guest.button('Cancel').click();
  await guest.page.getByLabel('Code or link').fill('BBB-BBB');
  await guest.button('Join').click();
  await guest.sees('There is no such room.');
  await guest.canReadOnAnyScreen();
  await guest.button('Find players').click();
  await guest.sees(/^Looking for players/);
  await guest.canReadOnAnyScreen();
});

test('all can be read on any screen, in every state of a room', async () => {
  const [host, guest] = [await open(), await open()];
  const link = await host.makeRoom('2');
  await host.canReadOnAnyScreen();
  await guest.page.goto(link);
  await guest.isLinkedTo(1);
  await host.page.getByText('Change the room').click();
  await host.page.getByLabel('New name').fill('The long and winding room of our friends');
  await host.page.getByLabel('New name').press('Enter');
  await guest.sees('The long and winding room of our friends');
  await host.page.getByText('All links in words').click();
  for (const player of [host, guest]) await player.canReadOnAnyScreen();
  await host.openMenuOf(guest.name);
  await host.canReadOnAnyScreen();
  await host.page.keyboard.press('Escape');
  await host.button('Start the game').click();
  for (const player of [host, guest]) await player.sees('Playing');
  for (const player of [host, guest]) await player.canReadOnAnyScreen();
  await guest.page.close();
  await host.seesPlayer(guest.name, /away, \d+ s: lost the server/);
  await host.canReadOnAnyScreen();
});

test('nothing moves by itself while players come and go, a game begins and the host leaves', async () => {
  const [host, upright, lying] = [
    await open(),
    await open(undefined, phone),
    await open(undefined, sideways),
  ];
  const link = await host.makeRoom();
  await upright.page.getByLabel('Code or link').fill(link);
  await upright.button('Join').click();
  await host.isLinkedTo(1);
  await lying.page.getByLabel('Code or link').fill(link);
  await lying.button('Join').click();
  for (const player of [host, upright, lying]) await player.isLinkedTo(2);
  await host.button('Start the game').click();
  for (const player of [host, upright, lying]) await player.sees('Playing');
  for (const player of [host, upright, lying]) expect(await player.shifted()).toBeLessThan(0.01);
  await host.button('Leave').click();
  for (const player of [upright, lying]) await player.seesPlayer(upright.name, 'host');
  await upright.button('Open the room again').tap();
  await lying.sees('Open');
  for (const player of [host, upright, lying]) expect(await player.shifted()).toBeLessThan(0.01);
});

test('six players are all seen, with whole names and a ring of their links', async () => {
  const host = await open();
  await host.page.getByLabel('Your name').fill('Wonderful Wombat 123');
  const link = await host.makeRoom('up to 8');
  const guests: Player[] = [];
  for (let i = 0; i < 5; i++) guests.push(await open(link));
  await host.isLinkedTo(5);
  await host.sees('15 of 15');
  await host.seesPlayer('Wonderful Wombat 123', '(you, host)');
  const sixth = await host.row(guests[4]?.name ?? '').boundingBox();
  expect((sixth?.y ?? 0) + (sixth?.height ?? 0)).toBeLessThanOrEqual(800);
  await host.sees('All links are up.');
  const ring = host.page.locator('#ring');
  expect(await ring.locator('.node').count()).toBe(6);
  expect(await ring.locator('line').count()).toBe(15);
  for (const label of await ring.locator('.label').all())
    expect(await label.textContent()).toMatch(/^direct(< )?[\d.]+ m?s$/);
  expect(await ring.locator('.label').count()).toBe(5);
});
