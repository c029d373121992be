import { NakamaJsPlayer } from '../../../kit/players/nakama-js-player.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AddonPeer } from './addon-peer.ts';
import type { ClientPlayer } from './client-player.ts';
import { forgedFor } from './forged.ts';
import { matchmake, newPool, PlayerPool } from './meshes.ts';

jest.setTimeout(30_000);

const config = { 'matchmaker.interval_sec': '1' };
const servers: Server[] = [];
const pools: PlayerPool[] = [];
const attackers: NakamaJsPlayer[] = [];
const addons: AddonPeer[] = [];

async function start(modulePath?: string): Promise<[Server, PlayerPool]> {
  const server = await startServer(modulePath === undefined ? { config } : { config, modulePath });
  const pool = new PlayerPool(server);
  servers.push(server);
  pools.push(pool);
  return [server, pool];
}

let relaying: [Server, PlayerPool];
let arbitrating: [Server, PlayerPool];

beforeAll(async () => {
  relaying = await start('kit/servers/no-module/index.js');
  arbitrating = await start();
}, 60_000);
afterEach(async () => {
  for (const { socket } of attackers.splice(0)) socket.disconnect(false);
  for (const addon of addons.splice(0)) addon.close();
  await Promise.all(pools.map((pool) => pool.closeAll()));
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function connectAttacker(server: Server): Promise<NakamaJsPlayer> {
  const attacker = await NakamaJsPlayer.connect(server);
  attackers.push(attacker);
  return attacker;
}

/** Two players with the library and an attacker, whom the matchmaker has put into one match. */
async function matchWithAttacker([server, pool]: [Server, PlayerPool]) {
  const attacker = await connectAttacker(server);
  const options = { minPlayers: 3, maxPlayers: 3, useNetworkRelay: 'forced' } as const;
  const players = (await pool.connect(2, options)) as [ClientPlayer, ClientPlayer];
  const tickets = newPool();
  const properties = { pool: tickets, client_version: 'dev' };
  await attacker.socket.addMatchmaker(`+properties.pool:${tickets}`, 3, 3, properties);
  await matchmake(players, tickets);
  const { match_id, token } = await attacker.next('matched');
  const { self } = await attacker.socket.joinMatch(match_id, match_id ? undefined : token);
  await Promise.all(players.map((player) => player.next('playerJoined', isNamed(self.session_id))));
  return { attacker, attackerId: self.session_id, players, matchId: players[0].match.matchId ?? '' };
}

const isNamed =
  (id: string) =>
  ({ sessionId }: { sessionId: string }) =>
    sessionId === id;

/** What a forgery would change: who is in, whether the match goes on, and which TURN servers are used. */
function stateOf({ match }: ClientPlayer) {
  const { state, players } = match;
  const connections = players.map(({ peerId }) => match.connectionOf(peerId)?.getConfiguration().iceServers);
  return { state, ids: players.map(({ sessionId }) => sessionId), iceServers: connections };
}

interface Attack {
  readonly attacker: NakamaJsPlayer;
  readonly attackerId: string;
  readonly players: readonly ClientPlayer[];
  readonly matchId: string;
}

/** Sends every forgery to every player, and behind them a candidate, which any server passes on. */
async function forge({ attacker, attackerId, players, matchId }: Attack): Promise<void> {
  const victims = players.map(({ nakama, sessionId }) => ({ nakama, sessionId }));
  for (const { sessionId: target } of victims) {
    const candidate = { method: 'add_ice_candidate', target, media: '0', index: 0, name: 'last' };
    for (const { opCode, content } of [
      ...forgedFor(target, attackerId),
      { opCode: 9001, content: candidate },
    ])
      await attacker.socket.sendMatchState(matchId, opCode, JSON.stringify(content));
  }
  const isLastFor = (sessionId: string, data: Uint8Array) => {
    const { target, name } = JSON.parse(new TextDecoder().decode(data));
    return target === sessionId && name === 'last';
  };
  for (const { nakama, sessionId } of victims)
    await nakama.next('data', ({ op_code, data }) => op_code === 9001 && isLastFor(sessionId, data));
}

/** They did arrive: the library, and not the server, is what is tested. */
async function expectForgeries({ players }: Attack): Promise<void> {
  for (const { nakama } of players)
    for (const opCode of [9010, 9002, 9003])
      await nakama.next('data', ({ op_code, presence }) => op_code === opCode && presence !== undefined);
}

describe('a hostile member is not believed, and nobody uses their TURN server', () => {
  test('in a relayed match of the matchmaker', async () => {
    const attack = await matchWithAttacker(relaying);
    const before = attack.players.map(stateOf);
    await forge(attack);
    await expectForgeries(attack);
    expect(attack.players.map(stateOf)).toEqual(before);
    expect(attack.players.map(({ match }) => match.room)).toEqual([null, null]);
  });

  test('in a relayed match that a player with the addon made', async () => {
    const [server, pool] = relaying;
    const addon = await AddonPeer.connect(server);
    addons.push(addon);
    const matchId = await addon.create();
    const attacker = await connectAttacker(server);
    const { self } = await attacker.socket.joinMatch(matchId);
    const [player] = (await pool.connect(1)) as [ClientPlayer];
    await player.match.joinMatch(matchId);
    await player.next('playerStatusChanged', ({ peerId, status }) => peerId === 1 && status === 'connected');

    const attack = { attacker, attackerId: self.session_id, players: [player], matchId };
    const before = stateOf(player);
    await forge(attack);
    await expectForgeries(attack);
    expect(stateOf(player)).toEqual(before);
    addon.send('still here', 0);
    await player.next('message', ({ data }) => data === 'still here');
  });

  test('in a room, whatever they make of it first', async () => {
    const attack = await matchWithAttacker(arbitrating);
    await attack.attacker.socket.sendMatchState(attack.matchId, 9001, '{}');
    const before = attack.players.map(stateOf);
    await forge(attack);
    expect(attack.players.map(stateOf)).toEqual(before);
    const forgedRooms = attack.players.filter(({ match }) =>
      match.room?.players.some(({ username }) => username === 'forged'),
    );
    expect(forgedRooms).toEqual([]);
  });
});
