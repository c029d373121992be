import type { Dialect } from '../../src/protocol/dialects/dialect.ts';
import type { Phase } from '../../src/protocol/label.ts';
import type { Bot } from '../players/bot.ts';
import { jsonOf, type MatchData, type Presence } from '../players/wire.ts';
import type { Host } from '../servers/host.ts';

/** The opcodes of the addon, written out here again: they are the contract. */
export const Op = { WEBRTC_PEER_METHOD: 9001, JOIN_SUCCESS: 9002, JOIN_ERROR: 9003 } as const;

interface ListedPlayer {
  session_id: string;
  user_id: string;
  username: string;
  peer_id: number;
  spectator: boolean;
}

export interface JoinSuccess {
  client_version: string;
  players: Record<string, ListedPlayer>;
}

export interface RoomRequest {
  min_players?: number;
  max_players?: number;
  client_version?: string;
  host?: 'creator' | 'elect';
  dialect?: Dialect;
  name?: string;
  visibility?: 'private' | 'public';
  properties?: Record<string, string | number | boolean>;
  password?: string;
  on_host_left?: 'migrate' | 'close';
  topology?: 'mesh' | 'star';
}

export interface Room {
  match_id: string;
  code: string;
  min_players: number;
  max_players: number;
  client_version: string | null;
  host: string;
}

export interface RoomView {
  match_id: string;
  phase: Phase;
  players: number;
  open_seats: number;
  min_players: number;
  max_players: number;
  client_version: string | null;
  host: string | null;
  name: string;
  visibility: 'private' | 'public';
  properties: Record<string, string | number | boolean>;
  has_password: boolean;
}

export async function newBot(host: Host, vars?: Record<string, string>): Promise<Bot> {
  return host.connect(await host.signIn(vars && { vars }));
}

/** So many at once, so that the server's database is not what is tested. */
const CROWD = 20;

export async function newBots(host: Host, count: number): Promise<Bot[]> {
  const bots: Bot[] = [];
  while (bots.length < count) {
    const crowd = Array.from({ length: Math.min(CROWD, count - bots.length) }, () => newBot(host));
    bots.push(...(await Promise.all(crowd)));
  }
  return bots;
}

export const createRoom = async (creator: Bot, request: RoomRequest = {}): Promise<Room> =>
  JSON.parse(await creator.rpc('create_online_match', request));

/** A room of the game's own backend: nobody's in particular, so it elects its host. */
export async function createElectingRoom(host: Host, request: RoomRequest = {}): Promise<Room> {
  const { code, text } = await host.callRpc('backend', 'create_online_match', request);
  if (code !== 0) throw new Error(text);
  return JSON.parse(text);
}

export const viewRoom = async (bot: Bot, matchId: string): Promise<RoomView> =>
  JSON.parse(await bot.rpc('get_online_match', { match_id: matchId }));

export const seal = async (bot: Bot, matchId: string, sealed = true): Promise<unknown> =>
  JSON.parse(await bot.rpc('seal_online_match', { match_id: matchId, sealed }));

export const joinSuccessOf = (data: MatchData): JoinSuccess => jsonOf(data);

/** Joins and waits until the room has said 9002 to it. */
export async function enter(
  bot: Bot,
  matchId: string,
  metadata?: Record<string, string>,
): Promise<JoinSuccess> {
  await bot.join(matchId, metadata);
  return joinSuccessOf(await bot.nextData(Op.JOIN_SUCCESS));
}

/** A room whose players have all been told of each other; the first is the creator. */
export async function gather(host: Host, count: number, request: RoomRequest = {}) {
  const bots = await newBots(host, count);
  const [creator] = bots as [Bot, ...Bot[]];
  const room = await createRoom(creator, { max_players: Math.max(2, count), ...request });
  for (const bot of bots) await enter(bot, room.match_id);
  await Promise.all(bots.map((bot) => rosterOf(bot, count)));
  return { room, bots, creator, others: bots.slice(1) };
}

/** The first 9002 not read yet that lists so many players. */
export async function rosterOf(bot: Bot, count: number): Promise<JoinSuccess> {
  const latest = bot.allData(Op.JOIN_SUCCESS).at(-1);
  if (latest && Object.keys(joinSuccessOf(latest).players).length === count) return joinSuccessOf(latest);
  const counts = (data: MatchData) => Object.keys(joinSuccessOf(data).players).length === count;
  return joinSuccessOf(await bot.nextData(Op.JOIN_SUCCESS, counts));
}

/** Whatever any of them sent has been handled and what it caused has arrived. */
export async function settle(...bots: Bot[]): Promise<void> {
  for (const bot of bots) await bot.ping();
  for (const bot of bots) await bot.ping();
}

export const offer = (target: string, sdp = 'v=0'): string =>
  JSON.stringify({ method: 'set_remote_description', target, type: 'offer', sdp });

export const answer = (target: string, sdp = 'v=0'): string =>
  JSON.stringify({ method: 'set_remote_description', target, type: 'answer', sdp });

export const candidate = (target: string, name = 'candidate:1'): string =>
  JSON.stringify({ method: 'add_ice_candidate', target, media: '0', index: 0, name });

export const signal = (from: Bot, matchId: string, text: string | Uint8Array): void =>
  from.sendData(matchId, Op.WEBRTC_PEER_METHOD, text);

export const sessionIdsOf = (presences: Presence[] = []): string[] =>
  presences.map(({ session_id }) => session_id);

/** Everyone this bot has been told is in the match with it. */
export function seenBy(bot: Bot): Set<string> {
  const listed = bot.all('match').flatMap(({ presences }) => sessionIdsOf(presences));
  const joined = bot.all('match_presence_event').flatMap(({ joins }) => sessionIdsOf(joins));
  return new Set([...listed, ...joined]);
}

/** Who, as far as this player has been told, is playing now. */
export function believedBy(bot: Bot): Set<string> {
  const known = new Set<string>();
  for (const { kind, body } of bot.inbox.items) {
    if (kind === 'done') known.clear(); // the answer to their own leave
    if (body.match_data?.op_code === String(Op.JOIN_SUCCESS)) {
      for (const id of Object.keys(joinSuccessOf(body.match_data).players)) known.add(id);
    }
    for (const id of sessionIdsOf(body.match_presence_event?.leaves)) known.delete(id);
  }
  return known;
}

/** Tries again, by the host's clock, until it holds: for what the server announces to nobody. */
export async function eventually<T>(
  bot: Bot,
  look: () => Promise<T>,
  holds: (found: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const found = await look();
    if (holds(found) || waitedMs >= timeoutMs) return found;
    await bot.pause(100);
  }
}

/** The message a refused request is answered with, or 'accepted'. */
export const refusalOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'accepted',
    (error: Error) => error.message,
  );

/** Until the room is gone; what its view is refused with then. */
export const untilGone = (bot: Bot, matchId: string) =>
  eventually(
    bot,
    () => refusalOf(viewRoom(bot, matchId)),
    (refusal) => refusal !== 'accepted',
  );

export const peerIdsOf = ({ players }: JoinSuccess) =>
  Object.fromEntries(Object.values(players).map(({ session_id, peer_id }) => [session_id, peer_id]));

export const bySessionId = (a: Bot, b: Bot) => (a.sessionId < b.sessionId ? -1 : 1);
