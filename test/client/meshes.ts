import { randomUUID } from 'node:crypto';
import type { OnlineMatchOptions } from '../../client/src/index.ts';
import type { Server } from '../support/server.ts';
import { ClientPlayer } from './players.ts';

/** Players of one test, all closed at its end. */
export class PlayerPool {
  private players: ClientPlayer[] = [];

  constructor(private readonly server: Server) {}

  async connect(count: number, options: OnlineMatchOptions = {}): Promise<ClientPlayer[]> {
    const players = await Promise.all(
      Array.from({ length: count }, () => ClientPlayer.connect(this.server, options)),
    );
    this.players.push(...players);
    return players;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.players.splice(0).map((player) => player.close()));
  }
}

/** The first makes a match, and the others join it at once. */
export async function createAndJoin([creator, ...joiners]: ClientPlayer[]): Promise<string> {
  const matchId = (await creator?.match.createMatch()) ?? '';
  await Promise.all(joiners.map(({ match }) => match.joinMatch(matchId)));
  return matchId;
}

/** All look for a match; only they find each other. */
export async function matchmake(players: ClientPlayer[]): Promise<void> {
  const pool = `pool${randomUUID().slice(0, 8)}`;
  const request = { query: `+properties.pool:${pool}`, stringProperties: { pool } };
  await Promise.all(players.map(({ match }) => match.startMatchmaking(request)));
}

/** Everybody is ready with everybody, and what each sends on either channel arrives at each other. */
export async function expectMesh(players: ClientPlayer[]): Promise<void> {
  await Promise.all(players.map((player) => player.ready(players.length)));
  const peerIds = players.map(({ peerId }) => peerId);
  expect([...peerIds].sort((a, b) => a - b)).toEqual(players.map((_, index) => index + 1));
  await expectMessages(players);
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
