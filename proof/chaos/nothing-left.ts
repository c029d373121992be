import type { Crew } from './crew.ts';
import { type Counts, countsOf, shapeOf } from './gauges.ts';
import type { World } from './world.ts';

/** Only the steady rooms are left, and they are as they were. */
export async function checkNothingIsLeft(crew: Crew, { host, steady }: World): Promise<void> {
  const { players, matchIds } = steady;
  const expected: Counts = { sessions: players, presences: 2 * players, matches: matchIds.length };
  const wanted = JSON.stringify(expected);
  await crew.within(
    'sessions, presences and matches are those of the steady rooms',
    () => countsOf(host),
    (counts) => JSON.stringify(counts) === wanted,
  );
  await crew.within(
    'the list of matches has the steady rooms only',
    async () => (await host.listMatches()).map(({ match_id }) => match_id).sort(),
    (listed) => JSON.stringify(listed) === JSON.stringify([...matchIds].sort()),
  );
  await steady.drain();
  for (const matchId of matchIds) {
    const { members, pending } = await shapeOf(host, matchId);
    crew.check(
      'a steady room has its members and holds nothing',
      members * matchIds.length === players && pending === 0,
    );
  }
  crew.check('the steady rooms lose nothing', steady.problems.length === 0, steady.problems.slice(0, 5));
}
