import { AddonPlayer, type PlayerOptions } from '../../kit/addon/addon-player.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Host } from '../../kit/servers/host.ts';

export const ALL: VariantName[] = ['U', 'M', 'X', 'R', 'C'];
export const SIZES = [2, 4, 8];

/** Players of these variants, who have just started their games. */
export function newPlayers(host: Host, variants: VariantName[], options: PlayerOptions = {}) {
  return Promise.all(variants.map((variant) => AddonPlayer.connect(host, variant, options)));
}

export const timesOf = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** The first creates a match and the others join it. */
export async function createAndJoin(players: AddonPlayer[], how?: JoinHow): Promise<string> {
  const matchId = await (players[0] as AddonPlayer).create();
  await joinAll(matchId, players, how);
  return matchId;
}

/**
 * Players of whom the first has created a relayed match; new ones where its own presence came before the reply,
 * which confuses every variant, happens now and then, and is what the module cures.
 */
export async function createdInOrder(newcomers: () => Promise<AddonPlayer[]>) {
  for (;;) {
    const players = await newcomers();
    const [creator] = players as [AddonPlayer, ...AddonPlayer[]];
    const matchId = await creator.create();
    if (creator.all('player_joined').length === 1) return { players, matchId };
  }
}

interface JoinHow {
  /** False: each when those before are ready. */
  readonly atOnce: boolean;
}

/** All but the first, who made the match. */
export async function joinAll(matchId: string, players: AddonPlayer[], how: JoinHow = { atOnce: true }) {
  for (let count = 2; count <= players.length; count++) {
    const joined = players[count - 1]?.join(matchId);
    if (how.atOnce) continue;
    await joined;
    if (count < players.length) await Promise.all(players.slice(0, count).map((each) => each.ready(count)));
  }
}

let pools = 0;

/** What only those with the same one find each other with. */
export function poolTicket(): { query: string; string_properties: Record<string, string> } {
  const pool = `addon${++pools}`;
  return { query: `+properties.pool:${pool}`, string_properties: { pool } };
}

/** All press "find a match"; only they find each other. */
export function matchmake(players: AddonPlayer[]): void {
  const ticket = poolTicket();
  for (const player of players) player.startMatchmaking(ticket);
}

/** Everybody is told that the match is ready, with everybody in it, and linked to everybody. */
export async function expectMesh(players: AddonPlayer[]): Promise<void> {
  await Promise.all(players.map((player) => player.ready(players.length)));
  const everybody = players.map(({ sessionId }) => sessionId).sort();
  expect(new Set(players.map(({ peerId }) => peerId)).size).toBe(players.length);
  for (const player of players) {
    expect(player.faults).toEqual(usualFaultsOf(player));
    expect(player.shown).toEqual([]);
    expect(player.playerIds).toEqual(everybody);
    expect(player.linkedIds).toEqual(everybody.filter((id) => id !== player.sessionId));
    expect(peerIdsSeenBy(player)).toEqual(peerIdsSeenBy(players[0] as AddonPlayer));
  }
}

/** A joiner of this variant adds itself to its mesh before the mesh has its id; nothing comes of it. */
const usualFaultsOf = ({ variant, peerId, match }: AddonPlayer): string[] =>
  variant === 'X' && match.now.mode === 'JOIN' ? [`add_peer ${peerId}: unconfigured`] : [];

function peerIdsSeenBy(player: AddonPlayer): [string, number][] {
  const entries = [...player.match.now.players].map(([id, { peer_id }]): [string, number] => [id, peer_id]);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** They are through with their test, and the server with them. */
export function dismiss(players: AddonPlayer[]): void {
  for (const { bot } of players) bot.terminate();
}

/** Those of the lower session ids first: they make the offers. */
export async function sortedById<T extends { bot: Bot }>(players: T[]): Promise<T[]> {
  const ids = new Map<T, string>();
  for (const player of players) {
    player.bot.post({ cid: 'who', party_create: { open: false, max_size: 1 } });
    ids.set(player, (await player.bot.next('party')).self.session_id);
  }
  return [...players].sort((a, b) => ((ids.get(a) ?? '') < (ids.get(b) ?? '') ? -1 : 1));
}
