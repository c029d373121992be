import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  createRoom,
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
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf, type MatchData } from '../../kit/players/wire.ts';

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

  test('and joining again without waiting ends in the room or with a 9003, and never nowhere', async () => {
    const creator = await newBot(world.host);
    const { match_id } = await createRoom(creator, { max_players: 2 });
    await enter(creator, match_id);

    for (let again = 0; again < AGAIN; again++) {
      const bot = await newBot(world.host);
      await enter(bot, match_id);
      await settle(creator, bot);
      const earlier = new Set(bot.all('match_data'));
      const isTurnedAway = async () => {
        const said = await bot.next('match_data', (data) => !earlier.has(data) && isVerdict(data));
        if (said.op_code === String(Op.JOIN_ERROR)) expect(jsonOf(said)).toMatchObject({ refusal: 'busy' });
        return said.op_code === String(Op.JOIN_ERROR);
      };

      const left = bot.leave(match_id);
      await bot.join(match_id);
      await left;
      while (await isTurnedAway()) await bot.join(match_id);

      expect(await viewRoom(bot, match_id)).toMatchObject({ players: 2 });
      await bot.leave(match_id);
      await creator.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === bot.sessionId);
      await untilFree(bot, match_id);
    }
  });
});

/** Nakama does not let somebody in whose leave is still on its way; that is about every second time. */
const AGAIN = 10;

const isVerdict = ({ op_code }: MatchData) =>
  [Op.JOIN_SUCCESS, Op.JOIN_ERROR].some((op) => op_code === String(op));

/** The room has heard of a leave. */
const untilFree = (bot: Bot, matchId: string) =>
  eventually(
    bot,
    () => viewRoom(bot, matchId),
    ({ open_seats }) => open_seats === 1,
  );
