import {
  candidate,
  createElectingRoom,
  createRoom,
  enter,
  Op,
  refusalOf,
  rosterOf,
  settle,
  signal,
  viewRoom,
} from '../../../kit/contract/steps.ts';
import type { Bot } from '../../../kit/players/bot.ts';
import { jsonOf } from '../../../kit/players/wire.ts';
import type { Crew } from '../crew.ts';
import { shapeOf } from '../gauges.ts';

export const KINDS = ['created', 'adopted', 'elected'] as const;
export type Kind = (typeof KINDS)[number];

/** A room with those who will stay in it, whatever happens to others. */
export interface Place {
  readonly kind: Kind;
  readonly matchId: string;
  readonly stayers: readonly Bot[];
  readonly seats: number;
}

const SEATS = 8;

/** Two who stay: the creator and another; an addon's host and a joiner; two who wait for more to come. */
export async function openPlace(crew: Crew, kind: Kind, stayers?: readonly Bot[]): Promise<Place> {
  const [first, second] = (stayers ?? (await crew.newBots(2))) as [Bot, Bot];
  const both = [first, second];
  if (kind === 'adopted') {
    const { match_id } = await first.createMatch();
    arbitrate(first, match_id);
    await enter(second, match_id);
    return talked(crew, { kind, matchId: match_id, stayers: both, seats: 16 });
  }
  const request = { max_players: SEATS };
  if (kind === 'elected') {
    const { match_id } = await createElectingRoom(crew.world.host, { ...request, min_players: SEATS });
    for (const bot of both) await bot.join(match_id);
    return waitingWords(crew, { kind, matchId: match_id, stayers: both, seats: SEATS });
  }
  const { match_id } = await createRoom(first, request);
  for (const bot of both) await enter(bot, match_id);
  await rosterOf(first, 2);
  return talked(crew, { kind, matchId: match_id, stayers: both, seats: SEATS });
}

/** Both have been heard, so that the room knows what they speak. */
async function talked(crew: Crew, place: Place): Promise<Place> {
  await checkTalk(crew, place);
  return place;
}

/** They have written to each other; the room keeps it until there are enough of them. */
async function waitingWords(crew: Crew, place: Place): Promise<Place> {
  const [first, second] = place.stayers as [Bot, Bot];
  signal(first, place.matchId, candidate(second.sessionId));
  signal(second, place.matchId, candidate(first.sessionId));
  await crew.within(
    'a room holds what its players say before they are introduced',
    () => shapeNow(crew, place),
    ({ pending }) => pending === 2,
  );
  return place;
}

/** What the addon's host does: lets everybody in who comes, and tells all. */
function arbitrate(host: Bot, matchId: string): void {
  const entry = (session_id: string, username: string, peer_id: number) => ({
    session_id,
    username,
    peer_id,
  });
  const players: Record<string, object> = {
    [host.sessionId]: entry(host.sessionId, host.account.username, 1),
  };
  let lastPeerId = 1;
  host.onEnvelope(({ match_presence_event: event }) => {
    for (const { session_id } of event?.leaves ?? []) delete players[session_id];
    for (const { session_id, username } of event?.joins ?? []) {
      if (session_id in players) continue;
      players[session_id] = entry(session_id, username, ++lastPeerId);
      host.sendData(matchId, Op.JOIN_SUCCESS, JSON.stringify({ client_version: 'dev', players }));
    }
  });
}

let lastTalk = 0;

/** Each stayer reaches each other one. */
export async function checkTalk(crew: Crew, { matchId, stayers }: Place): Promise<void> {
  const name = `talk ${++lastTalk}`;
  for (const from of stayers) {
    for (const to of stayers) if (from !== to) signal(from, matchId, candidate(to.sessionId, name));
  }
  for (const to of stayers) {
    for (const from of stayers) {
      if (from === to) continue;
      await to.nextData(
        Op.WEBRTC_PEER_METHOD,
        (data) => data.presence?.session_id === from.sessionId && jsonOf(data).name === name,
      );
    }
  }
  crew.check('the players of a room reach each other', true);
}

export type Shape = Awaited<ReturnType<typeof shapeOf>>;

export const shapeNow = (crew: Crew, { matchId }: Place) => shapeOf(crew.world.host, matchId);

/** The room is as it was before others came and died: nobody's seat, message or budget is kept. */
export async function checkBack(crew: Crew, place: Place, before: Shape): Promise<void> {
  const [watcher] = place.stayers as [Bot];
  const wanted = JSON.stringify(before);
  await crew.within(
    `the state of a room (${place.kind}) is back to ${wanted}`,
    () => shapeNow(crew, place),
    (shape) => JSON.stringify(shape) === wanted,
  );
  const view = await viewRoom(watcher, place.matchId);
  const isBack = view.players === place.stayers.length && view.open_seats === place.seats - view.players;
  crew.check(`a room (${place.kind}) shows the seats as they are`, isBack, view);
  await settle(...place.stayers);
}

/** Every seat of the room can be had, and none more. */
export async function checkSeats(crew: Crew, place: Place): Promise<void> {
  const free = place.seats - place.stayers.length;
  const [late, ...rest] = (await crew.newBots(free + 1)) as [Bot, ...Bot[]];
  await Promise.all(rest.map((bot) => enter(bot, place.matchId)));
  const refusal = await refusalOf(late.join(place.matchId));
  crew.check('a full room refuses with match-full', refusal.startsWith('match-full: '), refusal);
  for (const bot of [late, ...rest]) bot.terminate();
  crew.did('seats filled', free);
}
