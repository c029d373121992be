import type { Player } from './support/player.ts';
import { Visitors } from './support/visitors.ts';

jest.setTimeout(180_000);

const visitors = new Visitors(60_000);
const open = (url?: string) => visitors.open(url);

/** Players by colour, of whom red made the room; all are connected. */
async function roomOf(count: number): Promise<Player[]> {
  const red = await open();
  const link = await red.makeRoom();
  const all = [red];
  while (all.length < count) all.push(await open(link));
  for (const player of all) await player.isLinkedTo(count - 1);
  return all;
}

const IS_IT = 'You are it: catch somebody!';

/** Red catches blue and gets away, so that there is a game to come back into. Resolves to red's score. */
async function play(red: Player, blue: Player): Promise<string> {
  for (;;) {
    await red.sees(IS_IT);
    await red.pressArena(await red.discOf(blue.name));
    await blue.sees(IS_IT);
    await red.page.mouse.up();
    await red.pressArena({ x: 0.95, y: 0.05 });
    await blue.seesRightOf(red.name, { x: 0.85, y: 0 });
    await red.page.mouse.up();
    // On the way blue may have caught them again.
    await red.sees(new RegExp(`^${IS_IT}|${blue.name} is it: run!`));
    if (!(await red.page.getByText(IS_IT).isVisible())) return red.scoreOf(red.name);
  }
}

/** Both pages say the same of who is it, whoever that is by now. */
async function agree(one: Player, other: Player): Promise<void> {
  const isOne = await one.page.getByText('You are it: catch somebody!').isVisible();
  await other.sees(isOne ? `${one.name} is it: run!` : 'You are it: catch somebody!');
}

test('a joiner who presses F5 comes back into the running game, as the same player', async () => {
  const [red, blue] = (await roomOf(2)) as [Player, Player];
  const score = await play(red, blue);
  await blue.reload();
  await blue.isLinkedTo(1);
  await red.isLinkedTo(1);
  await blue.seesPlayer(blue.name, 'you');
  await blue.seesScore(red.name, score);
  await agree(red, blue);
  for (const player of [red, blue]) await player.sees('2 of 4');
  await red.say('Welcome back');
  await blue.sees('Welcome back');
  expect(await red.hasRead(`${blue.name} has left.`)).toBe(false);
});

test('the host who presses F5 comes back into the running game', async () => {
  const [red, blue] = (await roomOf(2)) as [Player, Player];
  const score = await play(red, blue);
  await red.reload();
  for (const player of [red, blue]) await player.isLinkedTo(1);
  await red.seesScore(red.name, score);
  await agree(blue, red);
  await blue.say('Still my turn');
  await red.sees('Still my turn');
  for (const player of [red, blue]) await player.sees('2 of 4');
});

test('the host who presses F5 alone in their room is host again, and has the game as it stood', async () => {
  const [red, blue] = (await roomOf(2)) as [Player, Player];
  const score = await play(red, blue);
  await blue.button('Leave').click();
  await red.sees('You are alone in the room');
  await red.reload();
  await red.seesPlayer(red.name, '(you, host)');
  await red.seesScore(red.name, score);
});

test('the host closes the tab: the crown moves, and the game goes on', async () => {
  const [red, blue, green] = (await roomOf(3)) as [Player, Player, Player];
  await play(red, blue);
  await red.page.close();
  await green.seesPlayer(red.name, /away, \d+ s/);
  for (const player of [blue, green]) await player.seesPlayer(blue.name, 'host');
  await green.sees(`${blue.name} is the host now.`);
  await blue.sees('You are the host now.');
  for (const player of [blue, green]) await player.sees(`${red.name} has left.`);
  await green.sees(`${blue.name} is it: run!`);
  await blue.button('Start the game').click();
  await green.sees('Playing');
});

test('of two duplicated tabs the first stays who they are, and the second is another player', async () => {
  const [red, blue] = (await roomOf(2)) as [Player, Player];
  const copy = await blue.duplicate();
  for (const player of [red, blue]) await player.isLinkedTo(2);
  await copy.isLinkedTo(2);
  for (const player of [red, blue, copy]) await player.sees('3 of 4');
  await blue.reload();
  for (const player of [red, blue, copy]) await player.isLinkedTo(2);
  await copy.reload();
  for (const player of [red, blue, copy]) await player.isLinkedTo(2);
  expect(await red.hasRead('has left.')).toBe(false);
  for (const player of [red, blue, copy]) expect(await player.reads()).toBe('');
});

test('the host’s page hangs: another is host, and the first goes on as a player', async () => {
  const [red, blue, green] = (await roomOf(3)) as [Player, Player, Player];
  await play(red, blue);
  await red.hang(30);
  for (const player of [blue, green]) await player.seesPlayer(blue.name, 'host');
  await red.seesPlayer(blue.name, 'host');
  await red.say('What did I miss?');
  for (const player of [blue, green]) await player.sees('What did I miss?');
  for (const player of [red, blue, green]) await player.isLinkedTo(2);
});

test('the host looks at another tab: another is host, and the first comes back as a player', async () => {
  const [red, blue] = (await roomOf(2)) as [Player, Player];
  await play(red, blue);
  await red.hide(true);
  await blue.seesPlayer(blue.name, 'host');
  await blue.sees('You are the host now.');
  await red.hide(false);
  await red.seesPlayer(blue.name, 'host');
  for (const player of [red, blue]) await player.sees('2 of 4');
  expect(await blue.hasRead(`${red.name} has left.`)).toBe(false);
});
