import { eventually, Op, refusalOf, sessionIdsOf, viewRoom } from '../../../kit/contract/steps.ts';
import { poolOf } from '../../../kit/contract/tickets.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';

const PLAYERS = 4;
const GROUPS = 4;
const MOMENTS = ['matched, without joining', 'after the request', 'on the reply'] as const;

export const matched: Scenario = {
  name: 'matched',
  what: 'matched players die before they join, while they join, as they are in',
  run: async (crew) => {
    await Promise.all(Array.from({ length: GROUPS }, (_, i) => killMatched(crew, 1 + (i % 3))));
  },
};

async function killMatched(crew: Crew, deaths: number): Promise<void> {
  const bots = await crew.newBots(PLAYERS);
  const ticket = poolOf(2, PLAYERS);
  for (const bot of bots) await bot.addMatchmaker(ticket);
  const results = await Promise.all(bots.map((bot) => bot.next('matchmaker_matched')));
  const matchId = results[0]?.match_id ?? '';
  const idOf = (bot: Bot) => results[bots.indexOf(bot)]?.self.presence.session_id ?? '';
  const victims = crew.random.shuffled(bots).slice(0, deaths);
  const survivors = bots.filter((bot) => !victims.includes(bot));
  const hostId = bots.map(idOf).sort()[0];

  await Promise.all([
    ...victims.map((victim) => die(crew, victim, matchId)),
    ...survivors.map((bot) => bot.join(matchId)),
  ]);
  const mustEnd = victims.some((victim) => idOf(victim) === hostId) || survivors.length < 2;
  for (const bot of survivors) {
    // One of the two must come: they are told that the match is over for them, or who of the others is not there.
    const missing = () => victims.filter((victim) => !leavesSeenBy(bot).has(idOf(victim)));
    const isOver = () => bot.allData(Op.JOIN_ERROR).length > 0 || leavesSeenBy(bot).has(hostId ?? '');
    await crew.within(
      mustEnd ? 'survivors of a matched room learn that it is over' : 'survivors learn of all who are gone',
      () => ({ missing: missing().length, isOver: isOver() }),
      (told) => (survivors.length < 2 || mustEnd ? told.isOver || told.missing === 0 : told.missing === 0),
    );
  }
  const [watcher] = survivors as [Bot];
  if (!mustEnd) {
    const view = await eventually(
      watcher,
      () => viewRoom(watcher, matchId),
      ({ players }) => players === survivors.length,
    );
    crew.check('a matched room goes on with those who are left', view.players === survivors.length, view);
  }
  for (const bot of survivors) await refusalOf(bot.leave(matchId));
  await crew.within(
    'a matched room ends when all have left',
    () => refusalOf(viewRoom(watcher, matchId)),
    (refusal) => refusal.startsWith('match-not-found: '),
  );
}

async function die(crew: Crew, victim: Bot, matchId: string): Promise<void> {
  const moment = crew.random.pick(MOMENTS);
  if (moment === 'on the reply') victim.onEnvelope(({ match }) => match && victim.terminate());
  if (moment !== 'matched, without joining') victim.post({ match_join: { match_id: matchId } });
  if (moment === 'after the request') setTimeout(() => victim.terminate(), crew.random.below(4));
  if (moment === 'matched, without joining') victim.terminate();
  await victim.closed;
  crew.did(`socket ended ${moment}`);
}

const leavesSeenBy = (bot: Bot) =>
  new Set(bot.all('match_presence_event').flatMap(({ leaves }) => sessionIdsOf(leaves)));
