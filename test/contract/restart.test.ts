import {
  createRoom,
  enter,
  eventually,
  gather,
  newBot,
  Op,
  offer,
  refusalOf,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

jest.setTimeout(30_000);

describe('a server that stops', () => {
  test('forgets its rooms, and makes new ones when it is back', async () => {
    const first = await RealHost.start();
    const { room, creator } = await gather(first, 2);
    await first.stop();
    await creator.closed;

    const second = await RealHost.start({ databaseUrl: first.server.databaseUrl });
    try {
      const bot = await second.connect(await second.signIn({ username: creator.account.username }));
      expect(bot.account.userId).toBe(creator.account.userId);
      expect(await refusalOf(bot.join(room.match_id))).toBe('Match not found');
      expect(await refusalOf(viewRoom(bot, room.match_id))).toMatch(/^match-not-found: /);
      await enter(bot, (await createRoom(bot)).match_id);
    } finally {
      await second.stop();
    }
  });

  test('seals its rooms, makes none and relays on while it is given time', async () => {
    const host = await RealHost.start({ config: { shutdown_grace_sec: '10' } });
    const { room, creator, others } = await gather(host, 2, { max_players: 3 });
    const [other] = others as [Bot];
    const watcher = await newBot(host);
    const stopped = host.server.stop();

    const view = () => viewRoom(watcher, room.match_id);
    expect(await eventually(watcher, view, ({ phase }) => phase === 'sealed')).toMatchObject({
      phase: 'sealed',
    });
    expect(await refusalOf(watcher.join(room.match_id))).toMatch(/^match-sealed: /);
    expect(await refusalOf(createRoom(watcher))).toMatch(/^busy: /);
    expect((await watcher.createMatch()).authoritative).toBeFalsy();
    signal(creator, room.match_id, offer(other.sessionId));
    await other.nextData(Op.WEBRTC_PEER_METHOD);

    for (const bot of [creator, other]) await bot.leave(room.match_id);
    await stopped;
  });
});
