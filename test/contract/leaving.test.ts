import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  enter,
  eventually,
  gather,
  newBot,
  Op,
  offer,
  refusalOf,
  settle,
  signal,
  untilGone,
  viewRoom,
} from '../../kit/contract/players.ts';
import type { Bot } from '../../kit/players/bot.ts';

onBothHosts('leaving', (world) => {
  test.each(['leaves', 'closes its socket', 'vanishes'])(
    'of the host closes the room to new joins (%s)',
    async (how) => {
      const { room, creator, others } = await gather(world.host, 3, { max_players: 4 });
      const [left, right] = others as [Bot, Bot];

      if (how === 'leaves') await creator.leave(room.match_id);
      else if (how === 'vanishes') creator.terminate();
      else await creator.close();
      await left.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === creator.sessionId);
      const joiner = await newBot(world.host);
      const refused = await eventually(
        joiner,
        () => refusalOf(joiner.join(room.match_id)),
        (said) => said !== 'accepted',
      );

      expect(refused).toMatch(/^host-left: \S/);
      expect(await viewRoom(joiner, room.match_id)).toMatchObject({
        phase: 'closed',
        open_seats: 0,
        players: 2,
      });
      signal(left, room.match_id, offer(right.sessionId));
      await right.nextData(Op.WEBRTC_PEER_METHOD);
      await settle(left, right);
      await left.leave(room.match_id);
      await right.leave(room.match_id);
      expect(await untilGone(joiner, room.match_id)).toMatch(/^match-not-found: /);
      expect(await refusalOf(joiner.join(room.match_id))).toBe('Match not found');
    },
  );

  test('of another frees its seat', async () => {
    const { room, creator, others } = await gather(world.host, 3);
    const [leaver, stayer] = others as [Bot, Bot];

    await leaver.leave(room.match_id);

    for (const bot of [creator, stayer]) {
      await bot.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === leaver.sessionId);
    }
    const free = await eventually(
      creator,
      () => viewRoom(creator, room.match_id),
      ({ players }) => players === 2,
    );
    expect(free).toMatchObject({ players: 2, open_seats: 1, phase: 'ready' });
    await enter(await newBot(world.host), room.match_id);
  });

  test('stops what is sent to the one who left', async () => {
    const { room, creator, others } = await gather(world.host, 3);
    const [leaver, stayer] = others as [Bot, Bot];
    await leaver.leave(room.match_id);
    await creator.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === leaver.sessionId);

    signal(creator, room.match_id, offer(leaver.sessionId));
    signal(leaver, room.match_id, offer(stayer.sessionId));

    await settle(creator, leaver, stayer);
    expect([...leaver.allData(Op.WEBRTC_PEER_METHOD), ...stayer.allData(Op.WEBRTC_PEER_METHOD)]).toEqual([]);
  });

  test('of the only player is no reason to end a room at once', async () => {
    const { match_id } = await createElectingRoom(world.host, { min_players: 2 });
    const [bot, next] = [await newBot(world.host), await newBot(world.host)];
    await bot.join(match_id);
    await bot.leave(match_id);

    await next.join(match_id);
    await enter(bot, match_id);
  });
});
