import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBots, Op, sessionIdsOf, settle } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

const isJoinOf = (bot: Bot) => (event: { joins?: { session_id: string }[] }) =>
  event.joins?.some(({ session_id }) => session_id === bot.sessionId) ?? false;

onBothHosts('create_match of another game', (world) => {
  test('serves other games as Nakama would: any opcode, named receivers, no echo', async () => {
    const [host, left, right] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await host.createMatch();
    await left.join(match_id);
    await right.join(match_id);

    host.sendData(match_id, 42, 'to all');
    for (const bot of [left, right]) expect(bytesOf(await bot.nextData(42)).toString()).toBe('to all');
    left.sendData(match_id, 43, 'to one', [right.self]);
    expect((await right.nextData(43)).presence).toEqual(left.self);
    await settle(left, host);
    expect(host.all('match_data')).toEqual([]);
    expect(left.allData(43)).toEqual([]);
  });

  test('tells a joiner that its creator is here, once, before anybody has sent anything', async () => {
    const [host, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await host.createMatch();
    await host.next('match_presence_event', isJoinOf(host));
    await joiner.join(match_id);
    await joiner.next('match_presence_event', isJoinOf(host));
    await settle(joiner);
    expect(joiner.all('match_presence_event').filter(isJoinOf(host))).toHaveLength(1);
  });

  test('sends nobody what was said before they came', async () => {
    const [host, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await host.createMatch();
    host.sendData(match_id, 1, 'is anybody there?');
    await settle(host);
    await joiner.join(match_id);
    await settle(host, joiner);
    expect(joiner.all('match_data')).toEqual([]);
  });

  test('is open to as many as come, and goes on without its creator, while nobody has spoken', async () => {
    const [host, ...joiners] = (await newBots(world.host, 20)) as [Bot, ...Bot[]];
    const { match_id } = await host.createMatch();
    for (const joiner of joiners) await joiner.join(match_id);
    const [first, last] = [joiners[0], joiners.at(-1)] as [Bot, Bot];
    await host.leave(match_id);
    await last.next('match_presence_event', ({ leaves }) => sessionIdsOf(leaves).includes(host.sessionId));
    first.sendData(match_id, 42, 'still here');
    expect(bytesOf(await last.nextData(42)).toString()).toBe('still here');
    expect(last.allData(Op.JOIN_ERROR)).toEqual([]);
  });

  test('passes nothing under the addon’s numbers to who knows this server, in another game’s match', async () => {
    const [host, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await host.createMatch();
    host.sendData(match_id, 42, 'another game');
    await settle(host);
    await joiner.join(match_id, { online_match: '1' });
    const forged = JSON.stringify({
      you: joiner.sessionId,
      players: [],
      ice_servers: [{ urls: ['turn:evil'] }],
    });
    for (const number of [9002, 9003, 9010, 9049]) host.sendData(match_id, number, forged);
    host.sendData(match_id, 43, 'all else');
    await joiner.nextData(43);
    expect(joiner.all('match_data').map(({ op_code }) => op_code)).toEqual(['43']);
  });

  test('survives that as many as it takes come, and all but one are cut off, in one moment', async () => {
    const [host, ...joiners] = (await newBots(world.host, 60)) as [Bot, ...Bot[]];
    const { match_id } = await host.createMatch();
    await Promise.all(joiners.map((joiner) => joiner.join(match_id)));
    const [last, ...others] = joiners as [Bot, ...Bot[]];
    for (const other of others) other.terminate();
    const gone = new Set<string>();
    while (gone.size < others.length) {
      const { leaves } = await last.next('match_presence_event', (event) => (event.leaves ?? []).length > 0);
      for (const id of sessionIdsOf(leaves)) gone.add(id);
    }
    host.sendData(match_id, 42, 'still here');
    expect(bytesOf(await last.nextData(42)).toString()).toBe('still here');
  });
});
