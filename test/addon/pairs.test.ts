import { dismiss, expectMesh, matchmake, newPlayers, timesOf } from './steps.ts';
import { withNakama } from './world.ts';

/** So many at once, so that the test's own process is not what is tested. */
const ROOMS_AT_ONCE = 6;
const rooms = Number(process.env.ADDON_ROOMS ?? ROOMS_AT_ONCE);

const world = withNakama();
jest.setTimeout(30_000 + rooms * 5_000);

test(`nobody misses anybody in ${rooms} matched rooms of eight, ${rooms * 56} ordered pairs`, async () => {
  for (let done = 0; done < rooms; done += ROOMS_AT_ONCE) {
    const batch = timesOf(Math.min(ROOMS_AT_ONCE, rooms - done), 0).map(async () => {
      const players = await newPlayers(world.host, timesOf(8, 'U'), { minPlayers: 8, maxPlayers: 8 });
      matchmake(players);
      await expectMesh(players);
      dismiss(players);
    });
    await Promise.all(batch);
  }
});
