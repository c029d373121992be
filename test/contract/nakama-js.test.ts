import { type JoinSuccess, Op, offer } from '../../kit/contract/steps.ts';
import { NakamaJsPlayer } from '../../kit/players/nakama-js-player.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

jest.setTimeout(20_000);

const textOf = ({ data }: { data: Uint8Array }) => Buffer.from(data).toString();

describe('nakama-js', () => {
  let host: RealHost;
  const players = (count: number) =>
    Promise.all(Array.from({ length: count }, () => NakamaJsPlayer.connect(host.server)));

  beforeAll(async () => {
    host = await RealHost.start();
  }, 60_000);
  afterAll(() => host?.stop());

  test('players create a room, join it by its id, exchange 9001 and leave', async () => {
    const [creator, joiner] = (await players(2)) as [NakamaJsPlayer, NakamaJsPlayer];
    const { match_id } = await creator.rpc('create_online_match', { max_players: 2, client_version: '1.0' });
    const hosted = await creator.socket.joinMatch(match_id);
    const joined = await joiner.socket.joinMatch(match_id, undefined, { client_version: '1.0' });

    const success = await joiner.next('data', ({ op_code }) => op_code === Op.JOIN_SUCCESS);
    const { players: listed, client_version } = JSON.parse(textOf(success)) as JoinSuccess;
    expect(client_version).toBe('1.0');
    expect(Object.values(listed)).toEqual([
      { ...joined.self, peer_id: 2, spectator: false },
      { ...hosted.self, peer_id: 1, spectator: false },
    ]);

    await joiner.socket.sendMatchState(match_id, Op.WEBRTC_PEER_METHOD, offer(hosted.self.session_id));
    const data = await creator.next('data', ({ op_code }) => op_code === Op.WEBRTC_PEER_METHOD);
    expect(textOf(data)).toBe(offer(hosted.self.session_id));
    expect(data.presence).toEqual(joined.self);

    await joiner.socket.leaveMatch(match_id);
    const { leaves } = await creator.next('presence', (event) => event.leaves !== undefined);
    expect(leaves).toEqual([joined.self]);
    for (const player of [creator, joiner]) player.socket.disconnect(false);
  });

  test('players find each other by the matchmaker', async () => {
    const both = (await players(2)) as [NakamaJsPlayer, NakamaJsPlayer];
    const properties = { game: 'web', client_version: '1.0' };
    for (const { socket } of both) await socket.addMatchmaker('+properties.game:web', 2, 2, properties);
    const matched = await Promise.all(both.map((player) => player.next('matched')));
    const joins = [];
    for (const [i, { socket }] of both.entries()) joins.push(await socket.joinMatch(matched[i]?.match_id));
    const [left, right] = joins.map(({ self }) => self);

    await both[0].socket.sendMatchState(
      joins[0]?.match_id ?? '',
      Op.WEBRTC_PEER_METHOD,
      offer(right?.session_id ?? ''),
    );

    expect((await both[1].next('data')).presence).toEqual(left);
    for (const { socket } of both) socket.disconnect(false);
  });

  test('players are told why they may not join', async () => {
    const [creator, stranger] = (await players(2)) as [NakamaJsPlayer, NakamaJsPlayer];
    const { match_id } = await creator.rpc('create_online_match', { client_version: '1.0' });

    await expect(
      stranger.socket.joinMatch(match_id, undefined, { client_version: '2.0' }),
    ).rejects.toMatchObject({
      code: 5,
      message: 'version-mismatch: this match is for client version "1.0", yours is "2.0"',
    });
    for (const player of [creator, stranger]) player.socket.disconnect(false);
  });
});
