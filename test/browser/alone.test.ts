import type { Player } from './support/player.ts';
import { Visitors } from './support/visitors.ts';

// Who is alone, or waits, and what they can do about it.

jest.setTimeout(180_000);

const visitors = new Visitors(60_000);
const open = (url?: string) => visitors.open(url);

/** Somebody who is alone where nobody can come in is not told to send a link. */
async function isNotAskedForOthers({ page }: Player): Promise<void> {
  expect(
    await page
      .getByText(/send others/i)
      .filter({ visible: true })
      .count(),
  ).toBe(0);
}

test('in a room of the matchmaker nobody is told to send others the link, also after a reload', async () => {
  const [one, other] = [await open(), await open()];
  for (const player of [one, other]) await player.button('Find players').click();
  for (const player of [one, other]) await player.isLinkedTo(1);
  await other.reload();
  for (const player of [one, other]) await player.isLinkedTo(1);
  expect(await other.page.locator('#code').isVisible()).toBe(false);
  expect(new URL(other.page.url()).hash).toBe('');
  await one.button('Leave').click();
  await other.sees('The others have left, and nobody else comes into this room.');
  await isNotAskedForOthers(other);
  await other.button('Leave').click();
  await other.button('Find players').waitFor();
});

test('a game that has begun lets nobody in, and says so to its host, alone in it', async () => {
  const [host, guest] = [await open(), await open()];
  await guest.page.goto(await host.makeRoom());
  for (const player of [host, guest]) await player.isLinkedTo(1);
  await host.button('Start the game').click();
  for (const player of [host, guest]) await player.sees('The game begins. All scores are 0');
  await guest.button('Leave').click();
  await host.sees('You are alone, and the room is closed.');
  await isNotAskedForOthers(host);
  expect(await host.button('Closed now').isDisabled()).toBe(true);
  await host.button('Open the room again').click();
  await host.sees('Send others the link');
  await host.button('Copy the link').waitFor();
});

test('looking for players says for how long, what else there is, and ends when it is given up', async () => {
  const player = await open();
  await player.button('Find players').click();
  await player.sees(/^Looking for players\. This takes up to 10 seconds/);
  await player.sees(/^[1-9] s so far/);
  await player.sees('Nobody else seems to look right now.');
  await player.sees(/^\d\d s so far/);
  await player.button('Cancel').click();
  await player.button('Quick play').waitFor();
  expect(await player.page.getByText('so far').isVisible()).toBe(false);
});
