import {
  createRoom,
  gather,
  newBot,
  Op,
  offer,
  refusalOf,
  settle,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

jest.setTimeout(30_000);

/**
 * Two servers on one database. They are no cluster, which takes Nakama Enterprise: neither reaches the other's
 * matches. But what a node has to leave to the database, and to the node in a match's id, shows here too.
 */
describe('on two nodes with one database', () => {
  let first: RealHost;
  let second: RealHost;
  beforeAll(async () => {
    const env = { ONLINE_MATCH_CREATIONS_PER_MINUTE: '3' };
    first = await RealHost.start({ env, config: { name: 'first' } });
    second = await RealHost.start({ env, config: { name: 'second' }, databaseUrl: first.server.databaseUrl });
  }, 60_000);
  afterAll(async () => {
    await second?.stop();
    await first?.stop();
  });

  test('the bounds of one user hold over both', async () => {
    const account = await first.signIn();
    const [here, there] = [await first.connect(account), await second.connect(account)];

    await createRoom(here);
    await createRoom(there);
    await createRoom(here);

    expect(await refusalOf(createRoom(there))).toMatch(/^too-many-rooms: .*minute/);
    expect(await refusalOf(createRoom(here))).toMatch(/^too-many-rooms: .*minute/);
  });

  test('a match carries its node in its id', async () => {
    const [here, there] = [await newBot(first), await newBot(second)];
    expect((await createRoom(here)).match_id).toMatch(/\.first$/);
    expect((await createRoom(there)).match_id).toMatch(/\.second$/);
  });

  test('a match on a node that is not reached is a match that is not there, and nothing breaks', async () => {
    const { room, creator, others } = await gather(first, 2);
    const stranger = await newBot(second);

    expect(await refusalOf(stranger.join(room.match_id))).toBe('Match not found');
    expect(await refusalOf(viewRoom(stranger, room.match_id))).toMatch(/^match-not-found: /);
    signal(stranger, room.match_id, offer(creator.sessionId));
    await settle(stranger);

    const [other] = others;
    signal(creator, room.match_id, offer(other?.sessionId ?? ''));
    await other?.nextData(Op.WEBRTC_PEER_METHOD);
    expect(creator.allData(Op.WEBRTC_PEER_METHOD)).toEqual([]);
  });
});
