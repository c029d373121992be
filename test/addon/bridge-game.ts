import { BridgePlayer } from '../../kit/addon/bridge-player.ts';
import type { Host } from '../../kit/servers/host.ts';
import { sortedById } from './steps.ts';

export const newBridges = (host: Host, count: number): Promise<BridgePlayer[]> =>
  Promise.all(Array.from({ length: count }, () => BridgePlayer.connect(host)));

/**
 * Each way in which a game with the bridge brings its players together, one after the other: of two at once,
 * one may hear of the other before it hears of the host, which is an error in the bridge.
 */
export const ways: Record<string, (players: BridgePlayer[]) => Promise<void>> = {
  'a created match': async ([creator, ...others]) => {
    creator?.bridge.createMatch();
    await creator?.next('match_joined');
    for (const player of others) {
      player.bridge.joinMatch(creator?.bridge.matchId ?? '');
      await player.next('match_joined');
    }
  },
  'a named match': async ([first, ...others]) => {
    const name = `meadow-${first?.bot.account.username}`;
    first?.bridge.joinNamedMatch(name);
    await first?.next('match_joined');
    for (const player of others) {
      player.bridge.joinNamedMatch(name);
      await player.next('match_joined');
    }
  },
};

let pools = 0;

/**
 * The game's own search; whether it gets on depends on what the server does with its ticket. Its players enter
 * one after the other, too, the host of the bridge first: whoever is told the peer id of somebody whose presence
 * they have not heard of yet never learns it.
 */
async function search(players: BridgePlayer[]): Promise<void> {
  let turn: Promise<unknown> = Promise.resolve();
  for (const player of await sortedById(players)) {
    player.waitFor(turn);
    turn = player.next('match_joined');
  }
  const pool = `bridge${++pools}`;
  for (const { bridge } of players) {
    bridge.startMatchmaking({
      query: `+properties.pool:${pool}`,
      min_count: players.length,
      max_count: players.length,
      string_properties: { pool },
    });
  }
}

/** Everybody knows everybody, and packets reach whom they are for and nobody else. */
export async function expectGame(players: BridgePlayer[]): Promise<void> {
  await Promise.all(players.map(knowsAll(players.length - 1)));
  const ids = players.map(({ bridge }) => bridge.myPeerId).sort((a, b) => a - b);
  for (const player of players) expect(player.bridge.peerIds).toEqual(ids);

  for (const { bridge } of players) {
    for (const id of ids.filter((one) => one !== bridge.myPeerId))
      bridge.send(id, packet(bridge.myPeerId, id));
    bridge.send(0, packet(bridge.myPeerId, 0));
  }
  for (const player of players) {
    const { myPeerId } = player.bridge;
    for (const id of ids.filter((one) => one !== myPeerId)) {
      for (const to of [myPeerId, 0]) await player.next('packet', isFrom(id, packet(id, to)));
    }
  }
  for (const player of players) {
    expect(player.all('packet')).toHaveLength(2 * (ids.length - 1));
    expect(player.faults.filter((fault) => !isOwnMistake(fault))).toEqual([]);
  }
}

/** Who is told of another before of the host looks for the host in vain, and is told again. */
const isOwnMistake = (fault: string) => fault.endsWith("Invalid get index '1'");

const knowsAll = (count: number) => async (player: BridgePlayer) => {
  for (let known = 0; known < count; known++) await player.next('peer_connected');
};

/** Not text, so that a server that looks into it would be found out. */
const packet = (from: number, to: number): Buffer => {
  const bytes = Buffer.alloc(12, 0xfe);
  bytes.writeInt32LE(from, 0);
  bytes.writeInt32LE(to, 4);
  return bytes;
};

const isFrom = (id: number, wanted: Buffer) => (got: { from: number; bytes: Buffer }) =>
  got.from === id && got.bytes.equals(wanted);

/** That games with the bridge get together on this server, in every way that they have. */
export function testGames(world: { readonly host: Host }, count: number): void {
  test.each(Object.entries(ways))('games with the bridge meet in %s', async (_, meet) => {
    const players = await newBridges(world.host, count);
    await meet(players);
    await expectGame(players);
  });

  test('games with the bridge are matched', async () => {
    const players = await newBridges(world.host, 3);
    await search(players);
    await expectGame(players);
  });
}
