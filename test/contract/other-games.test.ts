import { randomUUID } from 'node:crypto';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBots, Op, offer, refusalOf, settle } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

onBothHosts('matches of other games', (world) => {
  test('a relayed match passes 9001 to 9003 to everybody, as ever', async () => {
    const [creator, left, right] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await creator.createMatch(randomUUID());
    expect(match_id).toMatch(/^[0-9a-f-]{36}\.$/);
    await left.join(match_id);
    await right.join(match_id);

    for (const [op, text] of [
      [Op.WEBRTC_PEER_METHOD, offer(right.sessionId)],
      [Op.JOIN_SUCCESS, '{"players":{}}'],
      [Op.JOIN_ERROR, '\u0000 binary'],
    ] as const) {
      creator.sendData(match_id, op, text);
      for (const bot of [left, right]) {
        const data = await bot.nextData(op);
        expect(bytesOf(data).toString()).toBe(text);
        expect(data.presence).toEqual(creator.self);
      }
    }
    await settle(creator);
    expect(creator.all('match_data')).toEqual([]);
  });

  test('a relayed match keeps to the receivers the sender named', async () => {
    const [creator, left, right] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await creator.createMatch(randomUUID());
    await left.join(match_id);
    await right.join(match_id);

    creator.sendData(match_id, Op.WEBRTC_PEER_METHOD, 'x', [right.self]);

    await right.nextData(Op.WEBRTC_PEER_METHOD);
    await settle(creator, left);
    expect(left.all('match_data')).toEqual([]);
  });

  test('data for a match that does not exist leads to nothing', async () => {
    const [bot] = (await newBots(world.host, 1)) as [Bot];
    for (const id of [
      '00000000-0000-4000-8000-000000000000.',
      '00000000-0000-4000-8000-000000000000.nowhere',
    ]) {
      bot.sendData(id, Op.WEBRTC_PEER_METHOD, offer('x'));
    }
    await bot.ping();
    expect(bot.unread()).toEqual([]);
  });

  test('an id that is none is answered as by Nakama', async () => {
    const [bot] = (await newBots(world.host, 1)) as [Bot];
    bot.sendData('nonsense', Op.WEBRTC_PEER_METHOD, offer('x'));
    expect((await bot.next('error')).message).toBe('Invalid match ID');
    expect(await refusalOf(bot.join('nonsense'))).toBe('Invalid match ID');
  });
});
