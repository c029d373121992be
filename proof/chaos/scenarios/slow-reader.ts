import { candidate, enter, Op, rosterOf, sessionIdsOf, signal } from '../../../kit/contract/steps.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import { jsonOf } from '../../../kit/players/wire.ts';
import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import { checkBack, checkTalk, openPlace, type Place, shapeNow } from './rooms.ts';

/** What a socket's buffers on the way take before Nakama's own queue fills up, and more. */
const MOST_MESSAGES = 4000;
const BATCH = 20;
/** As long as a message may be, so that the buffers fill up soon. */
const LONG = 'x'.repeat(11_000);
const QUEUE_FULL = 'session outgoing queue full';

export const slowReader: Scenario = {
  name: 'slow-reader',
  what: 'a socket reads no more, until its queue on the server is full',
  run: async (crew) => {
    const link = await crew.link();
    const place = await openPlace(crew, 'created');
    const before = await shapeNow(crew, place);
    const slow = await crew.bot(link);
    await enter(slow, place.matchId);
    for (const bot of place.stayers) await rosterOf(bot, 3);

    const since = new Date().toISOString();
    link.stall();
    crew.did('socket that does not read');
    const sent = await writeUntilClosed(crew, place, slow, () => fullQueuesSince(crew, since));
    crew.did('long messages for it', sent);

    const closed = new Set(fullQueuesSince(crew, since));
    const isOnlyTheirs = closed.size === 1 && closed.has(slow.sessionId);
    crew.check('only the queue of the slow reader was full', isOnlyTheirs, [...closed]);
    await crew.within(
      'the others learn that the slow reader is gone',
      () => place.stayers.every((bot) => hasSeenLeave(bot, slow)),
      (isSeen) => isSeen,
    );
    await checkBack(crew, place, before);
    await checkTalk(crew, place);
  },
};

/** The sessions whose queue was full, by Nakama's log. */
function fullQueuesSince(crew: Crew, since: string): string[] {
  const lines = crew.world.server.log().filter((line) => line.includes(QUEUE_FULL));
  const entries = lines.map((line) => JSON.parse(line) as { ts: string; sid: string });
  return entries.filter(({ ts }) => ts > since).map(({ sid }) => sid);
}

/** The first fills the slow one's queue, while the two who read write to each other, and get it all in order. */
async function writeUntilClosed(
  crew: Crew,
  { matchId, stayers }: Place,
  slow: Bot,
  fullQueues: () => string[],
): Promise<number> {
  const [first, second] = stayers as [Bot, Bot];
  let sent = 0;
  while (fullQueues().length === 0) {
    if (sent >= MOST_MESSAGES) crew.check(`a queue is full after ${sent} messages`, false);
    for (let i = 0; i < BATCH; i++) signal(first, matchId, candidate(slow.sessionId, LONG));
    const name = `beside ${sent}`;
    signal(first, matchId, candidate(second.sessionId, name));
    signal(second, matchId, candidate(first.sessionId, name));
    // In order: what was sent to each before is there, so this must be the next that comes.
    for (const bot of [first, second]) {
      const data = await bot.nextData(Op.WEBRTC_PEER_METHOD);
      crew.check('the others get everything, in order', jsonOf(data).name === name, jsonOf(data).name);
    }
    sent += BATCH;
  }
  return sent;
}

const hasSeenLeave = (bot: Bot, gone: Bot) =>
  bot.all('match_presence_event').some(({ leaves }) => sessionIdsOf(leaves).includes(gone.sessionId));
