import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { PlayerPool } from './meshes.ts';

jest.setTimeout(120_000);

let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  server = await startServer();
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(() => server?.stop());

async function star(): Promise<[ClientPlayer, ClientPlayer, ClientPlayer]> {
  const players = (await pool.connect(3)) as [ClientPlayer, ClientPlayer, ClientPlayer];
  const [creator, ...joiners] = players;
  const { matchId } = await creator.match.createMatch({ topology: 'star' });
  for (const { match } of joiners) await match.joinMatch(matchId);
  for (const player of players) await player.ready(3);
  return players;
}

/** To whom each of them has a connection. */
const connectionsOf = ({ match }: ClientPlayer) =>
  match.players.map(({ peerId }) => peerId).filter((peerId) => match.connectionOf(peerId) !== null);

async function expectTalk(host: ClientPlayer, others: readonly ClientPlayer[]): Promise<void> {
  host.match.send('all', 'to all');
  for (const other of others) {
    expect((await other.textFrom(host.peerId, true)).data).toBe('to all');
    other.match.send('all', `from ${other.peerId}`);
    expect((await host.textFrom(other.peerId, true)).data).toBe(`from ${other.peerId}`);
  }
}

test('in a star only the host is linked to the others, and all see who is', async () => {
  const [host, one, other] = await star();
  expect([host, one, other].map(connectionsOf)).toEqual([[2, 3], [1], [1]]);
  await expectTalk(host, [one, other]);
  expect(() => one.match.send(3, 'past the host')).toThrow(
    expect.objectContaining({ code: 'not-connected' }),
  );
  expect(one.match.playersByPeerId.get(3)?.status).toBe('connected');
  await host.match.startPlaying();
});

test('when the host hands over, and when they leave, the star has another centre', async () => {
  const [host, heir, other] = await star();
  for (const player of [host, heir, other]) player.forget();
  await host.match.transferHost(heir.peerId);
  for (const player of [host, heir, other]) await player.ready(3);
  expect([host, heir, other].map(connectionsOf)).toEqual([[2], [1, 3], [2]]);
  await expectTalk(heir, [host, other]);

  for (const player of [host, other]) player.forget();
  await heir.match.leave();
  for (const player of [host, other]) await player.ready(2);
  expect([host, other].map(connectionsOf)).toEqual([[3], [1]]);
  await expectTalk(host, [other]);
});
