import { candidate, Op, signal } from '../../../kit/contract/steps.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import type { Crew } from '../crew.ts';
import type { Scenario } from '../scenario.ts';
import {
  checkBack,
  checkSeats,
  checkTalk,
  KINDS,
  type Kind,
  openPlace,
  type Place,
  shapeNow,
} from './rooms.ts';

const VICTIMS = 5;

/** When a socket ends: with the request under way, as its reply comes, as the room first speaks to it. */
const MOMENTS = ['after the request', 'on the reply', "on the room's first message"] as const;

export const midJoin: Scenario = {
  name: 'mid-join',
  what: 'sockets end between the request to join, its reply, and what the room says first',
  run: async (crew) => {
    await Promise.all(KINDS.map((kind) => killJoiners(crew, kind)));
  },
};

async function killJoiners(crew: Crew, kind: Kind): Promise<void> {
  const place = await openPlace(crew, kind);
  const before = await shapeNow(crew, place);
  const victims = await crew.newBots(VICTIMS);
  await Promise.all(victims.map((victim) => joinAndDie(crew, victim, place)));
  await checkBack(crew, place, before);
  if (kind !== 'elected') await checkTalk(crew, place);
  if (kind !== 'adopted') await checkSeats(crew, place);
}

async function joinAndDie(crew: Crew, victim: Bot, { kind, matchId, stayers }: Place): Promise<void> {
  // An elected room says nothing before enough are in it.
  const moment = crew.random.pick(kind === 'elected' ? MOMENTS.slice(0, 2) : MOMENTS);
  const pauseMs = crew.random.below(4);
  const die = () => victim.terminate();
  if (moment === 'on the reply')
    victim.onEnvelope(({ match }) => match && greet(stayers, matchId, match.self, die));
  if (moment === "on the room's first message") victim.onData(Op.JOIN_SUCCESS, die);
  victim.post({ match_join: { match_id: matchId } });
  // For whom they cannot reach yet, the room keeps them.
  for (const { sessionId } of stayers) signal(victim, matchId, candidate(sessionId));
  if (moment === 'after the request') setTimeout(die, pauseMs);
  await victim.closed;
  crew.did(`socket ended ${moment}`);
}

/** The others write to them the moment they are there, and they are gone. */
function greet(stayers: readonly Bot[], matchId: string, who: { session_id: string }, die: () => void): void {
  for (const from of stayers) signal(from, matchId, candidate(who.session_id));
  die();
}
