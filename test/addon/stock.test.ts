import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import { normalised, recordingOf } from '../../kit/addon/recording.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import { Ether } from '../../kit/addon/webrtc.ts';
import type { Envelope } from '../../kit/players/wire.ts';
import { testGames } from './bridge-game.ts';
import {
  ALL,
  createdInOrder,
  expectMesh,
  joinAll,
  matchmake,
  newPlayers,
  SIZES,
  sortedById,
  timesOf,
} from './steps.ts';
import { withNakama, withoutModule } from './world.ts';

/** What the bots do where this module is not: the rest of these tests counts on them. */

const world = withNakama(withoutModule);

/** Frames of a game, without what it does when it or another leaves, and how often before. */
function course(sent: Envelope[], ownId: string): string[] {
  const seen = new Map<string, string>();
  const ends = sent.findIndex(
    ({ match_leave, ...envelope }) => match_leave || dataOf(envelope).includes('"reconnect"'),
  );
  return sent
    .slice(0, ends < 0 ? undefined : ends)
    .filter((envelope) => !isToItself(envelope, ownId))
    .map(({ cid: _, ...envelope }) => normalised(envelope, seen));
}

/** A Godot 3 client greets itself when its own presence comes before the reply to its create. */
const isToItself = (envelope: Envelope, ownId: string) =>
  dataOf(envelope).includes(`"target":"${ownId}"`) || matchIdOf(envelope) === '';

interface DataSend {
  match_id: string;
  data: string;
}

const dataSendOf = ({ match_data_send: body }: Envelope) => body as DataSend | undefined;
const dataOf = (envelope: Envelope) => Buffer.from(dataSendOf(envelope)?.data ?? '', 'base64').toString();
const matchIdOf = (envelope: Envelope) => dataSendOf(envelope)?.match_id;

/** The clients of a recording, those of the lower session ids first, and whether each created the match. */
function recordedCourses(name: string) {
  const { frames, clients } = recordingOf(name);
  return clients
    .map((client) => {
      const own = frames.filter((frame) => frame.client === client);
      const sent = own.filter((frame) => frame.sent).map(({ envelope }) => envelope);
      const ownId = own.find(({ envelope }) => envelope.match)?.envelope.match?.self.session_id ?? '';
      return { ownId, isCreator: sent[0]?.match_create !== undefined, course: course(sent, ownId) };
    })
    .sort((a, b) => (a.ownId < b.ownId ? -1 : 1));
}

interface Room {
  readonly variant: VariantName;
  readonly size: number;
  /** Puts those of the lower session ids first. */
  readonly arrange?: (sorted: AddonPlayer[]) => AddonPlayer[];
}

const created = ({ variant, size, arrange = (sorted) => sorted }: Room) =>
  createdInOrder(async () =>
    arrange(await sortedById(await newPlayers(world.host, timesOf(size, variant), asGames))),
  );

/** As where the recordings were made. Polling, because Nakama alone leaves some races to luck. */
const asGames = { ether: new Ether(2), isPolling: true };

const reversed = (players: AddonPlayer[]) => [...players].reverse();

test.each(['U', 'M'] as const)('two of %s create and join as recorded clients did', async (variant) => {
  const recorded = recordedCourses(`godot${variant === 'U' ? 3 : 4}-room`);
  const arrange = recorded[0]?.isCreator ? undefined : reversed;
  const { players, matchId } = await created({ variant, size: 2, ...(arrange && { arrange }) });

  await joinAll(matchId, players);
  await expectMesh(players);

  for (const { sent, sessionId } of players) {
    const isCreator = sent[0]?.match_create !== undefined;
    expect(course(sent, sessionId)).toEqual(recorded.find((one) => one.isCreator === isCreator)?.course);
  }
});

test.each(['U', 'M'] as const)('two of %s are matched as recorded clients were', async (variant) => {
  const recorded = recordedCourses(`godot${variant === 'U' ? 3 : 4}-matchmaker`);
  const options = { minPlayers: 2, maxPlayers: 2, ...asGames };
  const players = await sortedById(await newPlayers(world.host, [variant, variant], options));

  for (const player of players) player.startMatchmaking();
  await expectMesh(players);

  for (const [i, { sent, sessionId }] of players.entries())
    expect(course(sent, sessionId)).toEqual(recorded[i]?.course);
});

/** All that get along with the order in which a host lists its players. */
const orderless = ALL.filter((variant) => variant !== 'X');

test.each(orderless)('%s creates and joins in every size', async (variant) => {
  for (const size of SIZES) {
    const { players, matchId } = await created({ variant, size });
    await joinAll(matchId, players, { atOnce: false });
    await expectMesh(players);
  }
});

test.each(ALL)('%s is matched in every size', async (variant) => {
  const rooms = SIZES.map(async (size) => {
    const players = await newPlayers(world.host, timesOf(size, variant), {
      minPlayers: size,
      maxPlayers: size,
      ...asGames,
    });
    matchmake(players);
    await expectMesh(players);
  });
  await Promise.all(rooms);
});

test('X connects where its host lists it first', async () => {
  const { players, matchId } = await created({ variant: 'X', size: 2, arrange: reversed });
  await joinAll(matchId, players);
  await expectMesh(players);
});

test('X loses a host who is listed before it', async () => {
  const { players, matchId } = await created({ variant: 'X', size: 2 });
  const joiner = players[1] as AddonPlayer;
  await joinAll(matchId, players);

  await joiner.next('player_joined', (id) => id === joiner.sessionId);
  expect(joiner.faults).toContain('add_peer 1: unconfigured');
});

testGames(world, 3);
