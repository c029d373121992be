import { Visitors } from './support/visitors.ts';

jest.setTimeout(180_000);

const visitors = new Visitors(60_000);
const open = (url?: string) => visitors.open(url);

test('in a star all are linked to the host alone, who passes on what they do, and after them to the next one', async () => {
  const host = await open();
  await host.page.getByText('Options of my room').click();
  await host.page.getByLabel('Link everybody to the host alone').check();
  const link = await host.makeRoom();
  const [red, blue] = [await open(link), await open(link)];
  await host.isLinkedTo(2);
  for (const player of [red, blue]) await player.isLinkedTo(1);
  for (const player of [host, red, blue])
    for (const text of ['2 of 2', 'tag-1, star']) await player.sees(text);
  await red.seesPlayer(blue.name, 'by the host');
  expect(await red.page.locator('#ring line').count()).toBe(2);
  for (const player of [red, blue]) expect(await player.connections()).toMatchObject({ made: 1 });

  await red.say('Hello by the host');
  for (const player of [host, blue]) await player.sees(`${red.name}: Hello by the host`);
  const before = await blue.discOf(red.name);
  await red.pressArena({ x: 0.95, y: 0.5 });
  await blue.seesRightOf(red.name, { ...before, x: before.x + 0.1 });
  await red.page.mouse.up();

  await host.button('Leave').click();
  for (const player of [red, blue]) await player.seesPlayer(red.name, 'host');
  for (const player of [red, blue]) await player.isLinkedTo(1);
  const late = await open(link);
  await late.isLinkedTo(1);
  await late.say('Hello by the next one');
  await blue.sees(`${late.name}: Hello by the next one`);
});
