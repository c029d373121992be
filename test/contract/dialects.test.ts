import { onBothHosts } from '../../kit/contract/hosts.ts';
import { enter, newBots, Op } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf, jsonOf } from '../../kit/players/wire.ts';

onBothHosts('dialects in rooms of the server', (world) => {
  test('R: a joiner asks with 9002 and is answered with 9004', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = JSON.parse(
      await creator.rpc('create_online_match', { dialect: 'R', client_version: '1.0' }),
    );
    const ask = (version: string) => JSON.stringify({ client_version: version, spectator: false });
    for (const bot of [creator, joiner]) await bot.join(match_id);

    creator.sendData(match_id, Op.JOIN_SUCCESS, ask('1.0'));
    await creator.nextData(9004);
    joiner.sendData(match_id, Op.JOIN_SUCCESS, ask('1.0'));

    const { players } = jsonOf(await joiner.nextData(9004));
    expect(players[joiner.sessionId]).toMatchObject({ peer_id: 2, spectator: false });
    expect(joiner.allData(Op.JOIN_SUCCESS)).toEqual([]);
  });

  test('C: a joiner is told in bytes', async () => {
    const [creator] = (await newBots(world.host, 1)) as [Bot];
    const { match_id } = JSON.parse(await creator.rpc('create_online_match', { dialect: 'C' }));
    await creator.join(match_id);

    const bytes = bytesOf(await creator.nextData(Op.JOIN_SUCCESS));
    expect(bytes.readInt32LE(0)).toBe(1);
    expect(bytes.toString()).toContain(creator.sessionId);
  });

  test('A is what a room speaks that says nothing else', async () => {
    const [creator] = (await newBots(world.host, 1)) as [Bot];
    await enter(creator, JSON.parse(await creator.rpc('create_online_match')).match_id);
  });
});
