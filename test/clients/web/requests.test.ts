import { Tab } from '../../../clients/web/src/index.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AskingGame } from './asking-game.ts';
import { ClientPlayer } from './client-player.ts';
import { Memory } from './memory.ts';
import { createAndJoin, expectMesh } from './meshes.ts';

jest.setTimeout(90_000);

let server: Server;
let players: ClientPlayer[] = [];
let games: AskingGame[] = [];

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterEach(async () => {
  for (const game of games) game.stop();
  await Promise.all(players.map((player) => player.close()));
  players = [];
  games = [];
});
afterAll(() => server?.stop());

interface Asking {
  readonly player: ClientPlayer;
  readonly game: AskingGame;
  readonly storage: Memory;
}

/** Three players, by peer id, who ask their host all the time. */
async function threeAsk(): Promise<[Asking, Asking, Asking]> {
  const storages = [new Memory(), new Memory(), new Memory()];
  players = await Promise.all(
    storages.map(async (storage) => ClientPlayer.returning(server, { tab: await Tab.open({ storage }) })),
  );
  await createAndJoin(players);
  await expectMesh(players);
  const all = players.map((player, index) => {
    const game = new AskingGame(player);
    games.push(game);
    return { player, game, storage: storages[index] as Memory };
  });
  // Three answers of red, so that all of them are in the middle of asking.
  for (const { game } of all) await game.answered(3);
  return all.sort((a, b) => a.player.peerId - b.player.peerId) as [Asking, Asking, Asking];
}

/** From now on red's game hears nothing: what the others ask is on its way to a host who will not answer it. */
function askInVain(red: Asking, others: readonly Asking[]): void {
  red.game.isStill = true;
  for (const { game } of others) game.ask();
}

/** Everybody who asks is answered ten times more by the host, and every number once. */
async function expectAnswers(asking: readonly AskingGame[], host: number | undefined): Promise<void> {
  for (const game of asking)
    for (let times = 0; times < 10; times++) await game.inbox.next('answer', ({ by }) => by === host);
  for (const game of asking) expect(new Set(await game.end())).toEqual(new Set([1]));
}

const isHost = (peerId: number) => (change: { player: { peerId: number } | null }) =>
  change.player?.peerId === peerId;

test.each<[string, (red: Asking) => unknown, stays: boolean]>([
  ['leaves', ({ player }) => player.match.leave(), false],
  ['hands over', ({ player }) => player.match.transferHost(2), true],
  ['is killed', ({ player }) => player.vanish(), false],
])('red, who is host, %s: what the others ask is answered once', async (_, go, stays) => {
  const [red, blue, green] = await threeAsk();
  if (!stays) red.game.stop();
  askInVain(red, [blue, green]);
  await go(red);
  for (const { player } of [blue, green, ...(stays ? [red] : [])])
    await player.next('hostChanged', isHost(2));
  red.game.isStill = false;
  await expectAnswers([blue.game, green.game, ...(stays ? [red.game] : [])], 2);
});

test('red’s game stands still: what the others asked meanwhile is answered once, and red’s when it goes on', async () => {
  const [red, blue, green] = await threeAsk();
  askInVain(red, [blue, green]);
  // From here on their loop is their own, and it turns no more.
  red.player.match.tick();
  for (const { player } of [red, blue, green]) await player.next('hostChanged', isHost(2));
  red.game.isStill = false;
  red.player.match.tick();
  await expectAnswers([red.game, blue.game, green.game], 2);
});

test('red, who is host, loads their page again: what the others asked is answered once, whoever is host then', async () => {
  const [red, blue, green] = await threeAsk();
  red.game.stop();
  askInVain(red, [blue, green]);
  red.player.vanish();
  const tab = await Tab.open({ storage: red.storage });
  const again = await ClientPlayer.returning(server, { tab, name: red.player.nakama.name });
  players.push(again);
  await again.match.resume();
  await again.ready(3);
  games.push(new AskingGame(again));
  await expectAnswers([blue.game, green.game], again.match.host?.peerId);
});

test('the link to red, who is host, is made anew: what was lost on it is asked again, and answered once', async () => {
  const [red, blue, green] = await threeAsk();
  // Lost with the link.
  blue.game.ask();
  blue.player.match.connectionOf(1)?.close();
  red.player.match.connectionOf(2)?.close();
  await blue.player.next(
    'playerStatusChanged',
    ({ peerId, status }) => peerId === 1 && status !== 'connected',
  );
  await blue.player.next(
    'playerStatusChanged',
    ({ peerId, status }) => peerId === 1 && status === 'connected',
  );
  await expectAnswers([blue.game, green.game], 1);
  expect(blue.player.all('hostChanged')).toHaveLength(1);
});
