import { arenaText } from './support/arena.ts';
import { type Player, phone } from './support/player.ts';
import { Visitors } from './support/visitors.ts';

const visitors = new Visitors();
const open = visitors.open.bind(visitors);

/** A player who made a room, and others who came by its link, all connected. */
async function roomOf(count: number): Promise<[Player, ...Player[]]> {
  const host = await open();
  const link = await host.makeRoom();
  const guests: Player[] = [];
  for (let i = 1; i < count; i++) guests.push(await open(link));
  for (const player of [host, ...guests]) await player.isLinkedTo(count - 1);
  return [host, ...guests];
}

test('two players meet by a link, and each sees the room and the link to the other', async () => {
  const [host, guest] = (await roomOf(2)) as [Player, Player];
  for (const player of [host, guest]) {
    for (const text of ['2 of 4', '1 of 1', 'Open', 'tag-1']) await player.sees(text);
    await player.seesPlayer(host.name, 'host');
  }
  await host.seesPlayer(host.name, '(you, host)');
  await guest.seesPlayer(guest.name, '(you)');
  expect(await guest.code()).toMatch(/^[A-Z]{3}-[A-Z]{3}$/);
});

test('a move by keys is seen by the other', async () => {
  const [host, guest] = (await roomOf(2)) as [Player, Player];
  const before = await guest.discOf(host.name);
  await host.page.getByLabel(arenaText).focus();
  await host.page.keyboard.down('ArrowRight');
  await guest.seesRightOf(host.name, { ...before, x: before.x + 0.1 });
  await host.page.keyboard.up('ArrowRight');
});

test('what is said is read by the other, as it was said', async () => {
  const [host, guest] = (await roomOf(2)) as [Player, Player];
  await host.say('<b>Hello</b> & good day');
  for (const player of [host, guest]) await player.sees(`${host.name}: <b>Hello</b> & good day`);
  await guest.say('Good day!');
  for (const player of [host, guest]) await player.sees(`${guest.name}: Good day!`);
});

test('who is it catches another by following the mouse, and all know', async () => {
  const [host, guest, third] = (await roomOf(3)) as [Player, Player, Player];
  await host.sees('You are it: catch somebody!');
  await host.pressArena(await host.discOf(guest.name));
  await guest.sees('You are it: catch somebody!');
  for (const player of [host, third]) await player.sees(`${guest.name} is it: run!`);
  const late = await open(await host.link());
  await late.sees(`${guest.name} is it: run!`);
});

test('the game begins with all scores at 0', async () => {
  const [host, guest] = (await roomOf(2)) as [Player, Player];
  await host.sees('You are it: catch somebody!');
  await host.pressArena(await host.discOf(guest.name));
  for (const player of [host, guest]) await player.seesScore(host.name, /^[1-9]/);
  await host.page.mouse.up();
  // Away from each other, so that nobody scores meanwhile.
  await host.pressArena({ x: 0.95, y: 0.05 });
  await guest.seesRightOf(host.name, { x: 0.85, y: 0 });
  await host.page.mouse.up();
  await host.button('Start the game').click();
  for (const player of [host, guest]) await player.sees('The game begins. All scores are 0');
  for (const player of [host, guest]) await player.seesScore(host.name, /^0$/);
});

test('who leaves, and whose tab closes, is gone for the others', async () => {
  const [host, leaving, closing] = (await roomOf(3)) as [Player, Player, Player];
  await leaving.button('Leave').click();
  await leaving.button('Make a room').waitFor();
  await host.sees(`${leaving.name} has left.`);
  await closing.page.close();
  await host.sees(`${closing.name} has left.`);
  await host.sees('You are alone in the room');
  expect(await host.row(leaving.name).count()).toBe(0);
  await host.sees('1 of 4');
});

test('two players whom the matchmaker puts together play, in a room for them alone', async () => {
  const both = await Promise.all([open(), open()]);
  for (const player of both) await player.button('Find players').click();
  for (const player of both) await player.isLinkedTo(1);
  expect(await both[0].page.locator('#code').isVisible()).toBe(false);
  const [one, other] = both;
  await one.say('Found you');
  await other.sees('Found you');
});

test('looking for players can be given up, and tried again under the same name', async () => {
  const player = await open();
  await player.button('Find players').click();
  await player.sees(/^Looking for players/);
  await player.button('Cancel').click();
  await player.makeRoom();
  await player.seesPlayer(player.name, 'host');
});

test('four players are all connected; a fifth, and one after the start, are told why they cannot come in', async () => {
  const [host, ...guests] = await roomOf(4);
  for (const player of [host, ...guests]) for (const text of ['4 of 4', '6 of 6']) await player.sees(text);
  const link = await host.link();
  const fifth = await open(link, phone);
  await fifth.sees('This room is full.');

  expect(await guests[0]?.button('Start the game').isDisabled()).toBe(true);
  await host.button('Start the game').click();
  for (const player of [host, ...guests]) await player.sees('Playing');
  await guests[2]?.button('Leave').click();
  await host.sees('3 of 4');
  await fifth.button('Join').click();
  await fifth.sees('The game in this room has begun, and nobody else can come in.');

  await host.button('Leave').click();
  for (const player of guests.slice(0, 2)) await player.seesPlayer(guests[0]?.name ?? '', 'host');
});
