import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, Player } from './support/player.ts';
import { Site } from './support/site.ts';

/** Where the README's picture, docs/demo.png, comes from: copy it when the page has another look. */
const picture = path.resolve(__dirname, '..', '..', 'build', 'demo.png');

test('four players make a picture for the README, small enough for it', async () => {
  const [site, browser] = await Promise.all([Site.start(), launchBrowser()]);
  const open = (url: string) => Player.open(browser, url, { viewport: { width: 1240, height: 780 } });
  const host = await open(site.url);
  await host.page.getByLabel('Your name').fill('Ada');
  const link = await host.makeRoom();
  const guests: Player[] = [];
  for (const name of ['Grace', 'Linus', 'Radia']) guests.push(await openAs(name, link));
  await host.isLinkedTo(3);
  const [grace, linus] = guests as [Player, Player];
  await grace.say('Is that all direct?');
  await host.say('Yes, 6 of 6 links.');
  await linus.say('Catch me if you can!');
  await host.sees('Linus: Catch me if you can!');
  const goal = await host.discOf('Linus');
  const start = await grace.discOf('Ada');
  await host.pressArena({ x: goal.x - 0.2, y: goal.y - 0.08 });
  await grace.seesRightOf('Ada', { ...start, x: start.x + 0.08 });
  mkdirSync(path.dirname(picture), { recursive: true });
  await host.page.screenshot({ path: picture });
  expect(statSync(picture).size).toBeLessThan(200_000);
  await browser.close();
  await site.stop();

  /** Whoever opens a link is in at once, so the name is chosen on the page without one. */
  async function openAs(name: string, link: string): Promise<Player> {
    const player = await open(site.url);
    await player.page.getByLabel('Your name').fill(name);
    await player.page.getByLabel('Code or link').fill(link);
    await player.button('Join').click();
    await player.seesPlayer(name, 'you');
    return player;
  }
});
