import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, enter, gather, newBots, Op } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf, jsonOf } from '../../kit/players/wire.ts';

/** What a joiner of dialect R says. */
const ask = (version: string) => JSON.stringify({ client_version: version, spectator: false });

onBothHosts('dialects in rooms of the server', (world) => {
  test('R: a joiner asks with 9002 and is answered with 9004', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = JSON.parse(
      await creator.rpc('create_online_match', { dialect: 'R', client_version: '1.0' }),
    );
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

  test('R is learned by a room for which nobody named a dialect, from its creator’s request', async () => {
    const [creator, joiner, late] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await createRoom(creator, { client_version: '1.0', visibility: 'public' });
    // They know it before its creator is in, and all ask as soon as they have their replies.
    for (const bot of [joiner, creator]) await bot.join(match_id);
    for (const bot of [joiner, creator]) bot.sendData(match_id, Op.JOIN_SUCCESS, ask('1.0'));
    for (const bot of [joiner, creator]) {
      const { players } = jsonOf(
        await bot.nextData(9004, (data) => Object.keys(jsonOf(data).players).length === 2),
      );
      expect(players[creator.sessionId]).toMatchObject({ peer_id: 1, spectator: false });
      expect(players[joiner.sessionId]).toMatchObject({ peer_id: 2, spectator: false });
    }
    await late.join(match_id);
    late.sendData(match_id, Op.JOIN_SUCCESS, ask('1.0'));
    expect(jsonOf(await late.nextData(9004)).players[late.sessionId]).toMatchObject({ peer_id: 3 });
    expect(late.allData(Op.JOIN_SUCCESS)).toEqual([]);
  });

  test('R is not learned from a joiner, who is told what to do', async () => {
    const { room, creator, bots } = await gather(world.host, 2, { max_players: 4, client_version: '1.0' });
    const [stranger] = (await newBots(world.host, 1)) as [Bot];
    await stranger.join(room.match_id);
    stranger.sendData(room.match_id, Op.JOIN_SUCCESS, ask('1.0'));
    const refused = jsonOf(await stranger.nextData(Op.JOIN_ERROR));
    expect(refused).toMatchObject({ target: stranger.sessionId, code: 2, refusal: 'other-dialect' });
    expect(refused.reason).toMatch(/"dialect": "R"/);
    expect(stranger.allData(9004)).toEqual([]);
    await creator.next('match_presence_event', ({ leaves = [] }) =>
      leaves.some(({ session_id }) => session_id === stranger.sessionId),
    );
    const [late] = (await newBots(world.host, 1)) as [Bot];
    expect(Object.keys((await enter(late, room.match_id)).players)).toHaveLength(3);
    for (const bot of bots) expect(bot.allData(9004)).toEqual([]);
  });

  test('A is what nobody can speak in a match of R: who does not ask is told what to do', async () => {
    const [creator, stranger] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator, { client_version: '1.0' });
    await creator.join(match_id);
    creator.sendData(match_id, Op.JOIN_SUCCESS, ask('1.0'));
    await creator.nextData(9004);
    await stranger.join(match_id);
    const refused = jsonOf(await stranger.nextData(Op.JOIN_ERROR));
    expect(refused).toMatchObject({ target: stranger.sessionId, refusal: 'other-dialect' });
    expect(refused.reason).toMatch(/"dialect": "A"/);
  });

  test('A is what a room speaks that says nothing else', async () => {
    const [creator] = (await newBots(world.host, 1)) as [Bot];
    await enter(creator, JSON.parse(await creator.rpc('create_online_match')).match_id);
  });
});
