import { Line } from '../../../kit/servers/line.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AddonPeer } from './addon-peer.ts';
import type { ClientPlayer } from './client-player.ts';
import { ClientPlayer as Players } from './client-player.ts';
import { createAndJoin, expectMesh, expectMessages, PlayerPool } from './meshes.ts';
import { isSilent, sounds, Tone } from './tone.ts';

// Tracks in a room, over a real WebRTC.

jest.setTimeout(60_000);

let server: Server;
let pool: PlayerPool;
const tones: Tone[] = [];
let line: Line | null = null;

beforeAll(async () => {
  server = await startServer();
  pool = new PlayerPool(server);
}, 60_000);
afterEach(async () => {
  await pool.closeAll();
  line?.close();
  for (const tone of tones.splice(0)) tone.stop();
});
afterAll(() => server?.stop());

const speakers = (count: number) => pool.connect(count, { media: true });

function tone(): MediaStreamTrack {
  const made = new Tone();
  tones.push(made);
  return made.track;
}

/** Waits for a track of this player, until it sounds. */
async function hears(player: ClientPlayer, peerId: number): Promise<MediaStreamTrack> {
  const { track } = await player.next('track', (heard) => heard.player.peerId === peerId);
  await sounds(track);
  return track;
}

test('all hear who speaks to all, also those who join later; those without media stay linked', async () => {
  const [red, blue, late] = (await speakers(3)) as [ClientPlayer, ClientPlayer, ClientPlayer];
  const [deaf] = (await pool.connect(1)) as [ClientPlayer];
  const matchId = await createAndJoin([red, blue, deaf]);
  red.match.addTrack(tone());
  await expectMesh([red, blue, deaf]);
  await hears(blue, 1);
  await late.match.joinMatch(matchId);
  await hears(late, 1);
  await expectMesh([red, blue, deaf, late]);
  const { playersByPeerId } = red.match;
  expect([blue, late, deaf].map(({ peerId }) => playersByPeerId.get(peerId)?.media)).toEqual([
    true,
    true,
    false,
  ]);
  expect(deaf.all('track')).toEqual([]);
  expect(() => deaf.match.addTrack(tone())).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test('what is for one player, only they hear; who leaves is heard no more', async () => {
  const [red, blue, green] = (await speakers(3)) as [ClientPlayer, ClientPlayer, ClientPlayer];
  await createAndJoin([red, blue, green]);
  await expectMesh([red, blue, green]);
  const whisper = tone();
  red.match.addTrack(whisper, { to: blue.peerId });
  red.match.addTrack(whisper, { to: green.peerId });
  const heard = await hears(blue, red.peerId);
  await hears(green, red.peerId);
  red.match.removeTrack(whisper, { to: blue.peerId });
  await isSilent(heard);
  expect((await blue.next('trackEnded')).track).toBe(heard);
  expect(green.all('trackEnded')).toEqual([]);

  await red.match.leave();
  await green.next('playerLeft');
  expect(green.story('trackEnded', 'playerLeft')).toEqual(['trackEnded', 'playerLeft']);
  expect(green.all('trackEnded')[0]?.player.peerId).toBe(1);
});

test('a lost socket interrupts no voice, and what is added meanwhile is heard after the return', async () => {
  line = await Line.to(server);
  const red = await Players.returning(line, { media: true });
  const [blue] = (await speakers(1)) as [ClientPlayer];
  await createAndJoin([red, blue]);
  await expectMesh([red, blue]);
  const connection = red.match.connectionOf(blue.peerId);
  red.match.addTrack(tone());
  const heard = await hears(blue, red.peerId);
  line.cut();
  await red.next('reconnecting');
  red.match.addTrack(tone());
  await sounds(heard);
  line.mend();
  await red.next('reconnected');
  await hears(blue, red.peerId);
  expect(blue.all('trackEnded')).toEqual([]);
  expect(red.match.connectionOf(blue.peerId)).toBe(connection);
  await red.close();
});

test('a player with the addon is offered no tracks', async () => {
  const [red, blue] = (await speakers(2)) as [ClientPlayer, ClientPlayer];
  const matchId = await createAndJoin([red, blue]);
  const addon = await AddonPeer.connect(server);
  red.match.addTrack(tone());
  await addon.join(matchId);
  await hears(blue, 1);
  await addon.connected(2);
  await expectMessages([red, blue]);
  expect(red.match.playersByPeerId.get(3)).toMatchObject({ status: 'connected', media: false });
  await addon.close();
});
