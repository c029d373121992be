import { Tab } from '../../../clients/web/src/index.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { ClientPlayer } from './client-player.ts';
import { Memory } from './memory.ts';
import { createAndJoin, expectMesh, expectMessages } from './meshes.ts';

jest.setTimeout(90_000);

let server: Server;
let players: ClientPlayer[] = [];

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterEach(async () => {
  await Promise.all(players.map((player) => player.close()));
  players = [];
});
afterAll(() => server?.stop());

type Players = [ClientPlayer, ClientPlayer, ClientPlayer];

async function matchOf(count: number, tabs: (Tab | undefined)[] = []): Promise<Players> {
  players = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const tab = tabs[index];
      return ClientPlayer.returning(server, tab === undefined ? {} : { tab });
    }),
  );
  await createAndJoin(players);
  await expectMesh(players);
  return [...players].sort((a, b) => a.peerId - b.peerId) as Players;
}

const isHost = (peerId: number) => (change: { player: { peerId: number } | null }) =>
  change.player?.peerId === peerId;
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = ({ data }: { data: Uint8Array }) => new TextDecoder().decode(data);

/** The page of a player is loaded again: a new library, with what the tab kept. */
async function reload(player: ClientPlayer, storage: Memory): Promise<ClientPlayer> {
  player.vanish();
  const tab = await Tab.open({ storage });
  const again = await ClientPlayer.returning(server, { tab, name: player.nakama.name });
  players.push(again);
  await again.match.resume();
  await again.next('roomChanged');
  return again;
}

test('red leaves: blue is host, and has the game as red left it', async () => {
  const [red, blue, green] = await matchOf(3);
  for (const player of [red, blue, green]) await player.next('hostChanged', isHost(1));
  red.match.saveCheckpoint(bytes('first'));
  red.match.saveCheckpoint(bytes('second'));
  expect(() => blue.match.saveCheckpoint(bytes('mine'))).toThrow(
    expect.objectContaining({ code: 'not-host' }),
  );
  await red.match.leave();
  for (const player of [blue, green])
    expect(await player.next('hostChanged', isHost(2))).toMatchObject({ term: 2 });
  expect([blue.match.isHost, green.match.isHost]).toEqual([true, false]);
  expect(['first', 'second']).toContain(textOf(await blue.next('checkpoint')));
  expect(green.all('checkpoint')).toEqual([]);
  await expectMessages([blue, green]);
});

test('red’s game stands still while their socket lives: blue is host, and red plays on as a player', async () => {
  const [red, blue, green] = await matchOf(3);
  await expectMessages([red, blue, green]);
  // From here on their loop is their own, and it turns no more.
  red.match.tick();
  for (const player of [red, blue, green]) await player.next('hostChanged', isHost(2));
  expect([red, blue, green].map(({ match }) => match.isHost)).toEqual([false, true, false]);
  red.match.tick();
  await expectMessages([red, blue, green]);
  expect(red.story('left', 'reconnecting')).toEqual([]);
});

test.each([
  ['red, who is host,', 0],
  ['blue', 1],
  ['green', 2],
])('%s loads their page again: the same peer id, and the others saw nobody leave', async (_, index) => {
  const storages = [new Memory(), new Memory(), new Memory()];
  const tabs = await Promise.all(storages.map((storage) => Tab.open({ storage })));
  const all = await matchOf(3, tabs);
  const player = all[index] as ClientPlayer;
  const { peerId, match } = player;
  const { matchId } = match;
  const storage = storages[players.indexOf(player)] as Memory;
  const others = all.filter((other) => other !== player);
  const again = await reload(player, storage);
  expect([again.peerId, again.match.matchId]).toEqual([peerId, matchId]);
  await again.ready(3);
  await expectMessages([...others, again]);
  for (const other of others) expect(other.story('playerLeft')).toEqual([]);
});

test('red is alone, and loads their page again: host still, with the last checkpoint', async () => {
  const storage = new Memory();
  const [red] = await matchOf(1 + 1, [await Tab.open({ storage })]);
  red.match.saveCheckpoint(bytes('the game'));
  await (players.find((player) => player !== red) as ClientPlayer).match.leave();
  await red.next('playerLeft');
  const again = await reload(red, storage);
  expect(textOf(await again.next('checkpoint'))).toBe('the game');
  expect(again.match.isHost).toBe(true);
});

test('a seat that is gone is told to whoever asks for it', async () => {
  const storage = new Memory();
  const tab = await Tab.open({ storage });
  const [red] = await matchOf(2, [tab]);
  const note = tab.seat;
  await red.match.leave();
  expect(tab.seat).toBeNull();
  expect(await red.match.resume()).toBeNull();
  tab.seat = note;
  await expect(red.match.resume()).rejects.toMatchObject({ code: 'seat-gone' });
  expect(tab.seat).toBeNull();
  expect(red.match.state).toBe('lobby');
});

test('red sits in two tabs with one seat: the second takes it over, and the first stays out', async () => {
  const storage = new Memory();
  const [red, blue] = await matchOf(2, [await Tab.open({ storage })]);
  const { peerId } = red;
  const tab = await Tab.open({ storage });
  const copy = await ClientPlayer.returning(server, { tab, name: red.nakama.name });
  players.push(copy);
  await copy.match.resume();
  expect(await red.next('left')).toMatchObject({ code: 'resumed-elsewhere' });
  await copy.ready(2);
  expect(copy.peerId).toBe(peerId);
  await expectMessages([copy, blue]);
  expect(red.story('reconnecting')).toEqual([]);
  expect(copy.story('reconnecting', 'left')).toEqual([]);
});
