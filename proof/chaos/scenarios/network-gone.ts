import {
  candidate,
  enter,
  Op,
  refusalOf,
  rosterOf,
  sessionIdsOf,
  signal,
  viewRoom,
} from '../../../kit/contract/steps.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import { type Crew, LIMIT_MS } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import { PONG_WAIT_MS } from '../world.ts';
import { checkBack, checkTalk, openPlace, type Place, shapeNow } from './rooms.ts';

const VICTIMS = 2;

export const networkGone: Scenario = {
  name: 'network-gone',
  what: 'sockets go silent without a close: of joiners, of the host, of the host of an adopted room',
  run: async (crew) => {
    await Promise.all([loseJoiners(crew), loseHost(crew, 'created'), loseHost(crew, 'adopted')]);
  },
};

async function loseJoiners(crew: Crew): Promise<void> {
  const link = await crew.link();
  const place = await openPlace(crew, 'created');
  const before = await shapeNow(crew, place);
  const victims = await crew.newBots(VICTIMS, link);
  for (const victim of victims) await enter(victim, place.matchId);
  for (const stayer of place.stayers) await rosterOf(stayer, 2 + VICTIMS);
  link.freeze();
  crew.did('network gone', VICTIMS);

  await writeUntilGone(crew, place, victims);
  await checkBack(crew, place, before);
  // What they said meanwhile comes in late, from sessions that are no more.
  link.thaw();
  await Promise.all(victims.map(({ closed }) => closed));
  await checkTalk(crew, place);
  await checkBack(crew, place, before);
}

/** Both sides go on as if nothing were, until the room says who is gone. */
async function writeUntilGone(
  crew: Crew,
  { matchId, stayers }: Place,
  victims: readonly Bot[],
): Promise<void> {
  const [stayer] = stayers as [Bot];
  await crew.within(
    `those who are silent are gone after the ${PONG_WAIT_MS} ms that Nakama waits`,
    () => {
      for (const victim of victims) {
        signal(stayer, matchId, candidate(victim.sessionId));
        signal(victim, matchId, candidate(stayer.sessionId));
      }
      return victims.filter((victim) => !hasSeenLeave(stayer, victim)).length;
    },
    (left) => left === 0,
  );
}

async function loseHost(crew: Crew, kind: 'created' | 'adopted'): Promise<void> {
  const link = await crew.link();
  const host = await crew.bot(link);
  const joiner = await crew.bot();
  const { matchId } = await openPlace(crew, kind, [host, joiner]);
  link.freeze();
  crew.did('host gone');
  await crew.within(
    `joiners of a room (${kind}) learn that the host is gone`,
    () => hasSeenLeave(joiner, host) || joiner.allData(Op.JOIN_ERROR).length > 0,
    (isTold) => isTold,
  );
  await crew.within(
    `a room (${kind}) is closed when its host is gone`,
    () =>
      refusalOf(viewRoom(joiner, matchId).then(({ phase }) => phase === 'closed' || Promise.reject(phase))),
    (refusal) => refusal === 'accepted' || String(refusal).startsWith('match-not-found: '),
    LIMIT_MS,
  );
  await refusalOf(joiner.leave(matchId));
  await crew.within(
    `a room (${kind}) without its host ends when the others have left`,
    () => refusalOf(viewRoom(joiner, matchId)),
    (refusal) => refusal.startsWith('match-not-found: '),
  );
}

const hasSeenLeave = (bot: Bot, gone: Bot) =>
  bot.all('match_presence_event').some(({ leaves }) => sessionIdsOf(leaves).includes(gone.sessionId));
