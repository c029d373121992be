import { createElectingRoom, createRoom, enter, refusalOf, viewRoom } from '../../../kit/contract/steps.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import { SECONDS } from '../world.ts';

/** A room's clock ticks once a second, and its first tick comes when it likes. */
const SLACK_MS = 1500;
const LATE_MS = 6000;

export const abandoned: Scenario = {
  name: 'abandoned',
  what: 'rooms that nobody joins, that all leave, whose creator never comes, whose host dies',
  run: async (crew) => {
    const [watcher, ...bots] = (await crew.newBots(7)) as [Bot, ...Bot[]];
    const [creator, elected, alone, host, ...waiting] = bots as [Bot, Bot, Bot, Bot, Bot, Bot];

    const unjoined = await createRoom(creator);
    const left = await createElectingRoom(crew.world.host, { min_players: 3 });
    await elected.join(left.match_id);
    const ended = await createRoom(alone, { min_players: 2 });
    await enter(alone, ended.match_id);
    const adopted = await host.createMatch();
    const never = await createRoom(creator);
    for (const bot of waiting) await bot.join(never.match_id);
    for (const bot of [elected, alone, host]) bot.terminate();
    crew.did('room abandoned', 5);

    await Promise.all([
      endsWithin(crew, watcher, unjoined.match_id, 'that nobody joined', SECONDS.unjoined),
      endsWithin(crew, watcher, left.match_id, 'that all left without a host', SECONDS.empty),
      endsWithin(crew, watcher, ended.match_id, 'whose host died alone', 0),
      endsWithin(crew, watcher, adopted.match_id, "of an addon's host who died", 0),
      crew.within(
        'a room whose creator never comes elects another',
        () => viewRoom(watcher, never.match_id),
        (view) => waiting.some(({ account }) => account.username === view.host),
        SECONDS.creator * 1000 + LATE_MS,
      ),
    ]);
  },
};

async function endsWithin(crew: Crew, watcher: Bot, matchId: string, which: string, seconds: number) {
  const begun = performance.now();
  await crew.within(
    `a room ${which} ends`,
    () => refusalOf(viewRoom(watcher, matchId)),
    (refusal) => refusal.startsWith('match-not-found: '),
    seconds * 1000 + LATE_MS,
  );
  const ms = performance.now() - begun;
  crew.check(`a room ${which} does not end before its time`, ms >= seconds * 1000 - SLACK_MS, ms);
}
