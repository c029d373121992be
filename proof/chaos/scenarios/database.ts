import {
  bySessionId,
  candidate,
  createRoom,
  enter,
  Op,
  refusalOf,
  rosterOf,
  seal,
  signal,
  viewRoom,
} from '../../../kit/contract/steps.ts';
import { poolOf } from '../../../kit/contract/tickets.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import type { Envelope } from '../../../kit/players/wire.ts';
import type { Crew } from '../crew.ts';
import type { Database } from '../database.ts';
import type { Scenario } from '../scenario.ts';
import { checkTalk, openPlace, type Place } from './rooms.ts';

/** More than the signal queue takes at once, so that some have to wait. */
const CROWD = 12;
const MESSAGES = 8;

export const databaseStopped: Scenario = {
  name: 'database-stopped',
  what: 'PostgreSQL is stopped, in order or at once, and started again',
  needsDatabase: true,
  run: async (crew) => {
    const database = crew.world.database as Database;
    const how = crew.random.pick(['fast', 'immediate'] as const);
    await outage(
      crew,
      () => database.stop(how),
      () => database.start(),
    );
    crew.did(`database stopped (${how})`);
  },
};

export const databaseHangs: Scenario = {
  name: 'database-hangs',
  what: 'PostgreSQL answers nobody for a while, with its connections open',
  needsDatabase: true,
  run: async (crew) => {
    const database = crew.world.database as Database;
    await outage(
      crew,
      async () => database.hang(),
      async () => database.recover(),
    );
    crew.did('database hung');
  },
};

async function outage(crew: Crew, begin: () => Promise<void>, end: () => Promise<void>): Promise<void> {
  const created = await openPlace(crew, 'created');
  const adopted = await openPlace(crew, 'adopted');
  const crowd = await openCrowd(crew);
  const rush = await crew.newBots(RUSH);
  const askers = await crew.newBots(ASKERS);
  const [joiner, ...pair] = (await crew.newBots(3)) as [Bot, Bot, Bot];
  let late: Answers = [];
  await begin();
  try {
    const rushed = await askAtOnce(crew, rush, created);
    late = [...rushed, ...(await askAll(crew, askers))];
    for (const place of [created, adopted]) await checkTalk(crew, place);
    await enter(joiner, created.matchId);
    await playMatched(crew, pair as [Bot, Bot]);
    const [host] = created.stayers as [Bot];
    await seal(host, created.matchId);
    crew.check('a room is sealed', (await viewRoom(joiner, created.matchId)).phase === 'sealed');
    await checkCrowd(crew, crowd);
    await crew.world.steady.drain();
  } finally {
    await end();
  }
  for (const answer of late)
    await crew.within('who waits gets an answer, or is disconnected, in the end', answer, Boolean);
  const [, creator] = created.stayers as [Bot, Bot];
  await crew.within(
    'rooms are made again when the database is back',
    () => refusalOf(createRoom(creator)),
    (refusal) => refusal === 'accepted',
  );
  await crew.within(
    'players sign in again when the database is back',
    () => refusalOf(crew.world.host.signIn({ username: 'chaos-late' })),
    (refusal) => refusal === 'accepted',
  );
}

/** In one moment, more than Nakama has VMs (`runtime.js_max_count`, 32). */
const RUSH = 40;
/** So many may wait for the database, and a few that looked for a place in the same microsecond. */
const MOST_WAITING = 24 + 4;
const SOON_MS = 1000;

/** All ask in one moment for what needs the database: few may wait for it, and a room must not notice. */
async function askAtOnce(crew: Crew, rush: readonly Bot[], others: Place): Promise<Answers> {
  const asked = rush.map(ask);
  const waiting = await crew.within(
    `of ${RUSH} who ask at once no more than ${MOST_WAITING} wait`,
    () => asked.filter(({ answer }) => answer() === undefined).length,
    (unanswered) => unanswered <= MOST_WAITING,
    SOON_MS,
  );
  crew.did(`of ${RUSH} who asked at once waited`, waiting);
  const begun = performance.now();
  await checkTalk(crew, others);
  const talkMs = performance.now() - begun;
  crew.check(`a room talks on within ${SOON_MS} ms while they wait`, talkMs < SOON_MS, talkMs);
  return asked.map(({ end }) => end);
}

const ASKERS = 24;
const ASK_EVERY_MS = 150;
/** Who asks in the first second of a silence may have to wait for its end, as with Nakama's own requests. */
const PATIENCE_MS = 1000;
const CID = 'asked';

/** The answer, or why the socket was closed: Nakama does that to one that it could not read for its pong_wait_ms. */
type Answers = readonly (() => Envelope | string | undefined)[];

/** Players ask, one after the other, for what needs the database: each must get an answer that they can use. */
async function askAll(crew: Crew, askers: readonly Bot[]): Promise<Answers> {
  const begun = performance.now();
  const late: (() => Envelope | string | undefined)[] = [];
  for (const [i, asker] of askers.entries()) {
    const isPatient = performance.now() - begun < PATIENCE_MS;
    const { answer, end } = ask(asker, i);
    if (isPatient) late.push(end);
    else checkAnswer(crew, await crew.within('who asks for a room gets an answer', answer, Boolean));
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return late;
}

/** Its answer, and that or why its socket was closed. */
function ask(asker: Bot, i: number) {
  asker.post(i % 2 === 0 ? MATCH_REQUEST : ROOM_REQUEST);
  const answer = () => asker.inbox.items.map(({ body }) => body).find(({ cid }) => cid === CID);
  let closed: string | undefined;
  asker.closed.then((reason) => {
    closed = reason;
  });
  return { answer, end: () => answer() ?? closed };
}

const MATCH_REQUEST: Envelope = { match_create: {}, cid: CID };
const ROOM_REQUEST: Envelope = { rpc: { id: 'create_online_match', payload: '{}' }, cid: CID };

/** A relayed match, as without this module; or a sentence. */
function checkAnswer(crew: Crew, { match, error }: Envelope = {}): void {
  if (match) {
    crew.check("create_match gets Nakama's relayed match", !match.authoritative, match);
    return;
  }
  const message = error?.message ?? '';
  crew.check(
    'create_online_match says in a sentence that it cannot',
    /^busy: [\w ,]+$/.test(message),
    message,
  );
}

async function playMatched(crew: Crew, pair: [Bot, Bot]): Promise<void> {
  const ticket = poolOf(2);
  for (const bot of pair) await bot.addMatchmaker(ticket);
  const results = await Promise.all(pair.map((bot) => bot.next('matchmaker_matched')));
  const matchId = results[0]?.match_id ?? '';
  for (const bot of pair) await bot.join(matchId);
  for (const bot of pair) await bot.next('match_presence_event');
  await checkTalk(crew, { kind: 'created', matchId, stayers: pair, seats: 2 });
}

interface Crowd {
  readonly matchId: string;
  readonly bots: readonly Bot[];
}

async function openCrowd(crew: Crew): Promise<Crowd> {
  const bots = await crew.newBots(CROWD);
  const { match_id } = await createRoom(bots[0] as Bot, { max_players: CROWD });
  for (const bot of bots) await enter(bot, match_id);
  for (const bot of bots) await rosterOf(bot, CROWD);
  return { matchId: match_id, bots: [...bots].sort(bySessionId) };
}

/** All write to all at once, more than the room's signal queue takes. */
async function checkCrowd(crew: Crew, { matchId, bots }: Crowd): Promise<void> {
  for (const from of bots) {
    for (const to of bots) {
      if (from === to) continue;
      for (let i = 0; i < MESSAGES; i++) signal(from, matchId, candidate(to.sessionId, `${i}`));
    }
  }
  const due = (CROWD - 1) * MESSAGES;
  let open = bots.length;
  for (const { closed } of bots) closed.then(() => open--);
  await crew.within(
    `everybody in a crowd of ${CROWD} gets all ${due} messages for them`,
    () => ({ open, missing: bots.map((bot) => due - bot.allData(Op.WEBRTC_PEER_METHOD).length) }),
    ({ missing }) => missing.every((count) => count === 0),
  );
}
