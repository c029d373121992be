import type { Bot } from '../players/bot.ts';
import { jsonOf, type MatchData } from '../players/wire.ts';
import type { Host } from '../servers/host.ts';
import { createRoom, newBots, type RoomRequest } from './steps.ts';

// Players that announce themselves, as bots.

/** The module's own opcodes, written out here again: they are the contract. */
export const Own = {
  ROOM: 9010,
  LINK: 9011,
  STATUS: 9012,
  CHECKPOINT: 9013,
  CHECKPOINT_RESTORED: 9014,
  FALLBACK: 9015,
  SLOW_DOWN: 9017,
  HOST_CHECK: 9018,
} as const;

export const ANNOUNCED = { online_match: '1' };

export interface ViewedPlayer {
  readonly session_id: string;
  readonly peer_id: number;
  readonly announced: boolean;
  readonly can: readonly string[];
  readonly generation: number;
  readonly away?: boolean;
  readonly away_sec?: number;
}

export interface ViewedLink {
  readonly a: string;
  readonly b: string;
  readonly state: string;
  readonly via?: string;
  readonly rtt_ms?: number;
  readonly reason?: string;
}

export interface ViewedRoom {
  readonly you?: string;
  readonly phase: string;
  readonly host: { readonly peer_id: number; readonly term: number } | null;
  readonly players: readonly ViewedPlayer[];
  readonly links: readonly ViewedLink[];
  readonly connected: boolean;
  readonly ice_servers?: object[];
}

export const viewIn = (data: MatchData): ViewedRoom => jsonOf(data);

/** The next snapshot that is as wanted; those before it are passed over. */
export async function nextView(bot: Bot, isWanted: (view: ViewedRoom) => boolean): Promise<ViewedRoom> {
  for (;;) {
    const view = viewIn(await bot.nextData(Own.ROOM));
    if (isWanted(view)) return view;
  }
}

/** Until so many are listed, and nobody is away. */
export const untilHere = (bot: Bot, count: number): Promise<ViewedRoom> =>
  nextView(bot, ({ players }) => players.length === count && players.every(({ away }) => away !== true));

export const playerIn = ({ players }: ViewedRoom, peerId: number): ViewedPlayer => {
  const player = players.find(({ peer_id }) => peer_id === peerId);
  if (player === undefined) throw new Error(`no player ${peerId} among ${JSON.stringify(players)}`);
  return player;
};

export const report = (bot: Bot, matchId: string, peer: string, state: string, more: object = {}): void =>
  bot.sendData(matchId, Own.LINK, JSON.stringify({ peer, state, ...more }));

/** A room of announced players who all know of each other; peer ids are in the order of the bots. */
export async function gatherAnnounced(
  host: Host,
  count: number,
  request: RoomRequest = {},
  metadata: { readonly [key: string]: string } = ANNOUNCED,
) {
  const bots = await newBots(host, count);
  const [creator] = bots as [Bot, ...Bot[]];
  const { match_id: matchId } = await createRoom(creator, { max_players: Math.max(2, count), ...request });
  for (const bot of bots) {
    await bot.join(matchId, metadata);
    await nextView(bot, ({ you }) => you !== undefined);
  }
  for (const bot of bots) if (bot !== bots.at(-1)) await untilHere(bot, count);
  return { matchId, bots };
}

/** All of them report that they are connected with all others. */
export async function link(matchId: string, bots: readonly Bot[]): Promise<void> {
  for (const bot of bots) {
    for (const peer of bots) if (peer !== bot) report(bot, matchId, peer.sessionId, 'connected');
  }
  for (const bot of bots) await nextView(bot, ({ connected }) => connected);
}

/** The same user on another socket, which comes back to the seat. */
export async function comeBack(
  host: Host,
  lost: Bot,
  matchId: string,
  peerId: number,
  fresh = false,
): Promise<Bot> {
  const bot = await host.connect(lost.account);
  await bot.join(matchId, resuming(peerId, fresh));
  return bot;
}

export const resuming = (peerId: number, fresh = false): Record<string, string> => ({
  ...ANNOUNCED,
  resume: `${peerId}`,
  ...(fresh && { fresh: '1' }),
});
