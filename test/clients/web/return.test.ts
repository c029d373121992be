import { ANSWER_WITHIN_MS, ASK_EVERY_MS } from '../../../clients/web/src/server-pulse.ts';
import { Line } from '../../../kit/servers/line.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMesh, expectMessages } from './meshes.ts';

jest.setTimeout(60_000);

let server: Server;
let players: ClientPlayer[] = [];
let lines: Line[] = [];

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterEach(async () => {
  await Promise.all(players.map((player) => player.close()));
  for (const line of lines) line.close();
  players = [];
  lines = [];
});
afterAll(() => server?.stop());

/** As the library promises, and a moment for this machine. */
const NOTICED_WITHIN_MS = ASK_EVERY_MS + ANSWER_WITHIN_MS + 3_000;

interface OnLine {
  readonly player: ClientPlayer;
  readonly line: Line;
}

/** Players who can come back, each on a line of their own; the first is host, and all are connected. */
async function matchOf(count: number): Promise<OnLine[]> {
  const all = await Promise.all(Array.from({ length: count }, comeOnLine));
  const both = all.map(({ player }) => player);
  await createAndJoin(both);
  await expectMesh(both);
  return all;
}

async function comeOnLine(): Promise<OnLine> {
  const line = await Line.to(server);
  lines.push(line);
  const player = await ClientPlayer.returning(line);
  players.push(player);
  return { player, line };
}

const isBack = (peerId: number) => (back: { peerId: number }) => back.peerId === peerId;

const connectionsOf = ({ match, peerId }: ClientPlayer) =>
  match.players.filter((other) => other.peerId !== peerId).map((other) => match.connectionOf(other.peerId));

test('red’s sockets are cut for a second: the same peer id, all channels alive', async () => {
  const [blue, red] = (await matchOf(2)) as [OnLine, OnLine];
  const before = [...connectionsOf(blue.player), ...connectionsOf(red.player)];
  const { sessionId } = red.player;
  red.line.cut();
  await red.player.next('reconnecting');
  expect(await blue.player.next('playerAway')).toMatchObject({ peerId: 2, away: true });
  // The channels need no server.
  await expectMessages([blue.player, red.player]);
  red.line.mend();
  await red.player.next('reconnected');
  await blue.player.next('playerBack', isBack(2));

  expect(red.player.peerId).toBe(2);
  expect(red.player.sessionId).not.toBe(sessionId);
  expect([...connectionsOf(blue.player), ...connectionsOf(red.player)]).toEqual(before);
  await expectMessages([blue.player, red.player]);
  expect(blue.player.match.host?.peerId).toBe(1);
  expect(red.player.story('reconnecting', 'reconnected', 'playerLeft', 'left')).toEqual([
    'reconnecting',
    'reconnected',
  ]);
});

test('red is back before the server knows of the loss: the same peer id, and nobody saw them away', async () => {
  const [blue, red] = (await matchOf(2)) as [OnLine, OnLine];
  red.line.drop();
  await red.player.next('reconnected');
  expect(red.player.peerId).toBe(2);
  await expectMessages([blue.player, red.player]);
  expect(blue.player.story('playerLeft', 'playerAway')).toEqual([]);
});

test('all lose their sockets at once, and all are back with all channels alive', async () => {
  const all = await matchOf(4);
  const before = all.flatMap(({ player }) => connectionsOf(player));
  const peerIds = all.map(({ player }) => player.peerId);
  for (const { line } of all) line.cut();
  await Promise.all(all.map(({ player }) => player.next('reconnecting')));
  for (const { line } of all) line.mend();
  await Promise.all(all.map(({ player }) => player.next('reconnected')));

  expect(all.map(({ player }) => player.peerId)).toEqual(peerIds);
  expect(all.flatMap(({ player }) => connectionsOf(player))).toEqual(before);
  await expectMessages(all.map(({ player }) => player));
  for (const { player } of all) expect(player.story('playerLeft', 'roomLost', 'left')).toEqual([]);
});

test('the server cannot be reached for ten seconds: all play on, and all are back with all channels alive', async () => {
  const all = await matchOf(3);
  const both = all.map(({ player }) => player);
  const before = both.flatMap(connectionsOf);
  for (const { line } of all) line.cut();
  await Promise.all(both.map((player) => player.next('reconnecting')));
  for (let second = 0; second < 10; second++) {
    await expectMessages(both);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  for (const { line } of all) line.mend();
  await Promise.all(both.map((player) => player.next('reconnected')));

  expect(both.map(({ peerId }) => peerId).sort()).toEqual([1, 2, 3]);
  expect(both.flatMap(connectionsOf)).toEqual(before);
  await expectMessages(both);
  for (const player of both)
    expect(player.story('playerLeft', 'roomLost', 'left', 'hostChanged')).toEqual(['hostChanged']);
});

test('red’s network is lost three times without a word, and noticed each time', async () => {
  const [blue, red] = (await matchOf(2)) as [OnLine, OnLine];
  for (let times = 0; times < 3; times++) {
    red.line.swallow();
    const lostMs = Date.now();
    await red.player.next('reconnecting');
    expect(Date.now() - lostMs).toBeLessThan(NOTICED_WITHIN_MS);
    await red.player.next('reconnected');
  }
  expect([red.player.peerId, red.player.match.isReconnecting]).toEqual([2, false]);
  await expectMessages([blue.player, red.player]);
  expect(blue.player.story('playerLeft')).toEqual([]);
});
