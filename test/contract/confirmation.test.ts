import { onBothHosts, onFake } from '../../kit/contract/hosts.ts';
import {
  believedBy,
  createRoom,
  enter,
  eventually,
  gather,
  joinSuccessOf,
  newBot,
  newBots,
  Op,
  offer,
  rosterOf,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

const ROOMS = 14;
const PLAYERS = 16;

onBothHosts('confirmation', (world) => {
  test(`never lets 9002 overtake the answer to the join, in ${ROOMS * PLAYERS} joins`, async () => {
    const early: string[] = [];
    for (let room = 0; room < ROOMS; room++) {
      const bots = await newBots(world.host, PLAYERS);
      const { match_id } = await createRoom(bots[0] as Bot, { max_players: PLAYERS });
      await Promise.all(bots.map((bot) => bot.join(match_id)));
      for (const bot of bots) {
        await rosterOf(bot, PLAYERS);
        const kinds = bot.inbox.items.map(({ kind }) => kind);
        if (kinds.indexOf('match_data') < kinds.indexOf('match')) early.push(kinds.join(' '));
      }
      await Promise.all(bots.map((bot) => bot.close()));
    }
    expect(early).toEqual([]);
  });

  test('tells everybody of a joiner, once', async () => {
    const { room, bots, creator } = await gather(world.host, 2, { max_players: 3 });
    const before = bots.map((bot) => bot.allData(Op.JOIN_SUCCESS).length);
    const joiner = await newBot(world.host);

    await enter(joiner, room.match_id);

    await settle(joiner, ...bots);
    expect(bots.map((bot) => bot.allData(Op.JOIN_SUCCESS).length)).toEqual(before.map((count) => count + 1));
    expect(joiner.allData(Op.JOIN_SUCCESS)).toHaveLength(1);
    expect(Object.keys((await rosterOf(creator, 3)).players)).toContain(joiner.sessionId);
  });

  test('tells the others nothing new when a member joins again', async () => {
    const { room, creator, others } = await gather(world.host, 3);
    const told = () => others.map((bot) => bot.allData(Op.JOIN_SUCCESS).length);
    const before = told();

    await creator.join(room.match_id);

    await settle(creator, ...others);
    expect(told()).toEqual(before);
    const again = joinSuccessOf(creator.allData(Op.JOIN_SUCCESS).at(-1) as never);
    expect(again.players[creator.sessionId]?.peer_id).toBe(1);
  });

  test('holds back what is sent to a member until it has had its 9002', async () => {
    const [creator, sender, receiver] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await createRoom(creator, { max_players: 3 });
    await receiver.join(match_id);
    await sender.join(match_id);
    const texts = [1, 2, 3].map((n) => offer(receiver.sessionId, `early ${n}`));
    for (const text of texts) signal(sender, match_id, text);
    await settle(sender, receiver);
    expect(receiver.all('match_data')).toEqual([]);

    await creator.join(match_id);

    await Promise.all(texts.map(() => receiver.nextData(Op.WEBRTC_PEER_METHOD)));
    const [first, ...rest] = receiver.all('match_data');
    expect(first?.op_code).toBe(String(Op.JOIN_SUCCESS));
    expect(rest.filter(({ op_code }) => op_code === '9001').map((data) => bytesOf(data).toString())).toEqual(
      texts,
    );
  });

  test('says that a player left to whoever was told that they came', async () => {
    const { room, creator } = await gather(world.host, 1, { max_players: 16 });
    const hasty = await newBots(world.host, 12);
    for (const bot of hasty) {
      bot.post({ match_join: { match_id: room.match_id }, cid: 'join' });
      bot.post({ match_leave: { match_id: room.match_id }, cid: 'leave' });
    }
    await Promise.all(hasty.map((bot) => bot.ping()));
    const last = await newBot(world.host);
    await enter(last, room.match_id);

    const believed = async () => [...believedBy(creator)].sort();
    const present = [creator.sessionId, last.sessionId].sort();
    expect(await eventually(creator, believed, (ids) => ids.join() === present.join())).toEqual(present);
  });
});

describe('confirmation, between two ticks', () => {
  onFake((world) => {
    test('tells a joiner at once', async () => {
      const { room } = await gather(world.host, 1, { max_players: 2 });
      const joiner = await newBot(world.host);
      await joiner.join(room.match_id);

      const told = async () => joiner.allData(Op.JOIN_SUCCESS).length;

      expect(await eventually(joiner, told, (count) => count > 0, 400)).toBe(1);
    });
  });
});
