import { randomUUID } from 'node:crypto';
import type { OnlineMatchOptions } from '../../../clients/web/src/index.ts';
import type { Server } from '../../../kit/servers/server.ts';
import type { AddonPeer } from './addon-peer.ts';
import { ClientPlayer } from './client-player.ts';

/** Players of one test, all closed at its end. */
export class PlayerPool {
  private players: ClientPlayer[] = [];

  /** What takes longer than usual needs more patience. */
  constructor(
    private readonly server: Server,
    private readonly patienceMs?: number,
  ) {}

  async connect(count: number, options: OnlineMatchOptions = {}): Promise<ClientPlayer[]> {
    const players = await Promise.all(
      Array.from({ length: count }, () => ClientPlayer.connect(this.server, options, this.patienceMs)),
    );
    this.players.push(...players);
    return players;
  }

  /** Who comes back by themselves. */
  async returning(options: OnlineMatchOptions = {}): Promise<ClientPlayer> {
    const player = await ClientPlayer.returning(this.server, options);
    this.players.push(player);
    return player;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.players.splice(0).map((player) => player.close()));
  }
}

/** The first makes a match, and the others join it at once. */
export async function createAndJoin([creator, ...joiners]: ClientPlayer[]): Promise<string> {
  const { matchId = '' } = (await creator?.match.createMatch()) ?? {};
  await Promise.all(joiners.map(({ match }) => match.joinMatch(matchId)));
  return matchId;
}

/** All look for a match; only they find each other. */
export async function matchmake(players: ClientPlayer[], pool = newPool()): Promise<void> {
  const request = { query: `+properties.pool:${pool}`, stringProperties: { pool } };
  await Promise.all(players.map(({ match }) => match.startMatchmaking(request)));
}

export const newPool = () => `pool${randomUUID().slice(0, 8)}`;

/** Everybody is ready with everybody, and what each sends on either channel arrives at each other. */
export async function expectMesh(players: ClientPlayer[], addon?: AddonPeer): Promise<void> {
  const count = players.length + (addon === undefined ? 0 : 1);
  await Promise.all(players.map((player) => player.ready(count)));
  const peerIds = [...players, ...(addon === undefined ? [] : [addon])].map(({ peerId }) => peerId);
  expect(peerIds.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  await expectMessages(players);
  if (addon !== undefined) await expectTalk(addon, players);
}

/** What the addon's player sends, all others hear, and the other way round, on both kinds of channels. */
export async function expectTalk(addon: AddonPeer, players: ClientPlayer[]): Promise<void> {
  await addon.connected(players.length);
  addon.send('reliable', 0);
  addon.send('unreliable', 2);
  for (const player of players) {
    await player.next('message', ({ data, reliable }) => data === 'reliable' && reliable);
    await player.next('message', ({ data, reliable }) => data === 'unreliable' && !reliable);
    player.match.send('all', 'first');
    player.match.send('all', 'second', { reliable: false });
    await addon.receives(`${player.peerId}:0:first`);
    await addon.receives(`${player.peerId}:2:second`);
  }
}

export async function expectMessages(players: ClientPlayer[]): Promise<void> {
  for (const reliable of [true, false]) {
    for (const { match, peerId } of players) match.send('all', `from ${peerId}`, { reliable });
    for (const player of players) {
      for (const { peerId } of players) {
        if (peerId === player.peerId) continue;
        expect((await player.textFrom(peerId, reliable)).data).toBe(`from ${peerId}`);
      }
    }
  }
}
