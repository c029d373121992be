import type { BrowserContextOptions } from 'playwright-core';
import { type Player, phone } from './support/player.ts';
import { Visitors } from './support/visitors.ts';

const visitors = new Visitors();
const open = (options?: BrowserContextOptions) => visitors.open(undefined, options);

interface RoomWish {
  readonly name?: string;
  readonly password?: string;
  readonly isPublic?: boolean;
}

/** Somebody who made a room that says something of itself. */
async function hostOf({ name = '', password = '', isPublic = false }: RoomWish): Promise<Player> {
  const host = await open();
  await host.page.getByText('Options of my room').click();
  await host.page.getByLabel('Room name').fill(name);
  await host.page.getByLabel('Room password').fill(password);
  if (isPublic) await host.page.getByLabel('Show it to everybody in the list').check();
  await host.makeRoom();
  return host;
}

async function joinByCode(guest: Player, code: string): Promise<void> {
  await guest.page.getByLabel('Code or link').fill(code);
  await guest.button('Join').click();
}

/** A host, and a guest who came by the code. */
async function pair(): Promise<[host: Player, guest: Player]> {
  const [host, guest] = [await open(), await open()];
  await host.makeRoom();
  await joinByCode(guest, await host.code());
  for (const player of [host, guest]) await player.isLinkedTo(1);
  return [host, guest];
}

test('a public room is in the list, and a press joins it', async () => {
  const guest = await open(phone);
  const host = await hostOf({ name: 'The <Den>', isPublic: true });
  await guest.button('The <Den>').filter({ hasText: '1 of 4' }).click();
  for (const player of [host, guest]) await player.isLinkedTo(1);
  await guest.sees('The <Den>');
  const other = await open();
  await other.button('The <Den>').filter({ hasText: '2 of 4' }).waitFor();
  await host.page.getByText('Change the room').click();
  await host.page.getByLabel('Everybody finds it in the list').uncheck();
  await other.button('The <Den>').waitFor({ state: 'detached' });
  await host.page.getByLabel('New name').fill('Ours');
  await host.page.getByLabel('New name').press('Enter');
  await guest.sees('Ours');
});

test('quick play puts two players into one room', async () => {
  const [one, other] = [await open(), await open()];
  await one.button('Quick play').click();
  await one.sees('You are alone in the room');
  await other.button('Quick play').click();
  for (const player of [one, other]) await player.isLinkedTo(1);
  expect(await other.code()).toBe(await one.code());
});

test('a code joins as somebody would type it', async () => {
  const [host, guest] = [await open(), await open(phone)];
  await host.makeRoom();
  await joinByCode(guest, ` ${(await host.code()).toLowerCase()} `);
  await guest.isLinkedTo(1);
  expect(await guest.link()).toBe(await host.link());
});

test('a password is asked for, and a wrong one is told', async () => {
  const [host, guest] = [await hostOf({ password: 'köln' }), await open()];
  await joinByCode(guest, await host.code());
  await guest.sees('This room has a password.');
  await guest.page.getByLabel('Password', { exact: true }).fill('bonn');
  await guest.button('Go in').click();
  await guest.sees('That is not the password. Try again.');
  await guest.page.getByLabel('Password', { exact: true }).fill('köln');
  await guest.button('Go in').click();
  await guest.isLinkedTo(1);
});

test('the game waits for all to be ready where the host wants it, and is opened again', async () => {
  const [host, guest] = await pair();
  const start = host.button('Start the game');
  await host.page.getByText('Change the room').click();
  await host.page.getByLabel('Start when all are ready').check();
  expect(await start.isDisabled()).toBe(true);
  for (const player of [host, guest]) await player.button('I am ready').click();
  for (const { name } of [host, guest]) await guest.seesPlayer(name, 'ready');
  await start.click();
  await guest.sees('Playing');
  await host.button('Open the room again').click();
  await guest.sees('Open');
  await start.waitFor();
});

test('who is sent away reads why, and is not back', async () => {
  const [host, guest] = await pair();
  await host.openMenuOf(guest.name);
  await host.page.getByLabel('Why they have to go').fill('too loud');
  await host.button('Send away').click();
  await guest.sees('The host has sent you away. They say: Too loud.');
  await host.sees('You are alone in the room');
  await guest.button('Quick play').waitFor();
  await guest.reload();
  await guest.button('Quick play').waitFor();
  expect(await host.row(guest.name).count()).toBe(0);
});

test('who is banned is not let in again', async () => {
  const [host, guest] = await pair();
  const code = await host.code();
  await host.openMenuOf(guest.name);
  await host.button('Ban').click();
  await guest.sees('The host does not let you in again.');
  await joinByCode(guest, code);
  await guest.sees('The host does not let you in again.');
});

test('the host hands over from the menu', async () => {
  const [host, guest] = await pair();
  await host.openMenuOf(guest.name);
  await host.button('Make them the host').click();
  await guest.seesPlayer(guest.name, '(you, host)');
  await guest.openMenuOf(host.name);
  expect(await host.button(`What to do about ${guest.name}`).isVisible()).toBe(false);
});

// The last one: its rooms stay.
test('of many rooms the first ones are shown, and more for whoever wants more', async () => {
  await visitors.site.makePublicRooms(25);
  const guest = await open(phone);
  const rooms = guest.page.locator('#room-list li');
  await rooms.nth(19).waitFor();
  expect(await rooms.count()).toBe(20);
  await guest.button('More rooms').click();
  await rooms.nth(24).waitFor();
  await guest.button('More rooms').waitFor({ state: 'hidden' });
});
