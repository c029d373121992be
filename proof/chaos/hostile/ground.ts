import type { RoomRequest } from '../../../kit/contract/steps.ts';
import type { LightBot } from '../../../kit/players/light-bot.ts';
import type { Names } from '../../bench/dear-messages.ts';

/** A match, and who is in it. */
export interface Ground {
  readonly matchId: string;
  readonly players: readonly LightBot[];
}

/** As large as a room is by default. */
const SEATS = 16;

/** Rooms made by RPC in which all of them are announced members. */
export function roomsOf(players: readonly LightBot[], request: RoomRequest = {}): Promise<Ground[]> {
  return grounds(groupsOf(players, SEATS), async ([creator, ...others]) => {
    const asked = { max_players: SEATS, ...request };
    const { match_id: matchId } = JSON.parse(await creator.rpc('create_online_match', asked));
    for (const player of [creator, ...others]) await player.join(matchId, { online_match: '1' });
    return matchId;
  });
}

/** So many rooms that `create_match` got, each with a host of its own, as an addon's, and so many joiners. */
export function adoptedRoomsOf(
  players: readonly LightBot[],
  count: number,
  joiners: number,
): Promise<Ground[]> {
  const around = [...players, ...players];
  const groups = Array.from({ length: count }, (_, i) => around.slice(i, i + 1 + joiners));
  return grounds(groups as unknown as Group[], async ([host, ...others]) => {
    const { match_id: matchId, authoritative } = await host.createMatch();
    if (authoritative !== true) throw new Error(`${host.account.username} got no room by create_match`);
    for (const player of others) await player.join(matchId);
    return matchId;
  });
}

/** Nakama's own, of two and two. */
export function relayedMatchesOf(players: readonly LightBot[]): Promise<Ground[]> {
  return grounds(groupsOf(players, 2), async ([creator, ...others]) => {
    const { match_id: matchId } = await creator.createMatch(`of ${creator.account.username}`);
    for (const player of others) await player.join(matchId);
    return matchId;
  });
}

type Group = readonly [LightBot, ...LightBot[]];

async function grounds(groups: readonly Group[], open: (group: Group) => Promise<string>): Promise<Ground[]> {
  const all: Ground[] = [];
  for (const players of groups) all.push({ matchId: await open(players), players });
  return all;
}

function groupsOf(players: readonly LightBot[], size: number): Group[] {
  const count = Math.ceil(players.length / size);
  const groups = Array.from({ length: count }, (_, i) => players.slice(i * size, (i + 1) * size));
  return groups as unknown as Group[];
}

/** Whom a player may name in their match. */
export function namesFor({ sessionId }: LightBot, { players }: Ground): Names {
  const idOf = (index: number) => (players.at(index) as LightBot).sessionId;
  const other = players.find((player) => player.sessionId !== sessionId);
  return { host: idOf(0), peer: other?.sessionId ?? sessionId, waiting: idOf(-1) };
}
