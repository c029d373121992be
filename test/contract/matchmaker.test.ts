import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  eventually,
  gather,
  newBot,
  newBots,
  Op,
  offer,
  refusalOf,
  seal,
  seenBy,
  sessionIdsOf,
  settle,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import { matched, poolOf, withVersion } from '../../kit/contract/tickets.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { PresenceEvent } from '../../kit/players/wire.ts';

onBothHosts('matchmaker', (world) => {
  test('shows every player of a room every other, in rooms of eight', async () => {
    const rounds = Array.from({ length: world.isFake ? 2 : 6 }, async () => {
      const [bots, [result]] = await matched(world.host, 8);
      await Promise.all(bots.map((bot) => bot.join(result?.match_id ?? '')));
      for (const bot of bots) {
        for (const { sessionId } of bots) {
          const shows = ({ joins }: PresenceEvent) => sessionIdsOf(joins).includes(sessionId);
          if (sessionId !== bot.sessionId && !seenBy(bot).has(sessionId))
            await bot.next('match_presence_event', shows);
        }
        expect(bot.all('match_data')).toEqual([]);
      }
    });
    await Promise.all(rounds);
  });

  test('gives a matched room its host by the lowest session id', async () => {
    const [bots, [result]] = await matched(world.host, 3);
    const matchId = result?.match_id ?? '';
    for (const bot of bots) await bot.join(matchId);
    const [host, other] = bots.sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1)) as [Bot, Bot];

    const view = await eventually(
      other,
      () => viewRoom(other, matchId),
      ({ phase }) => phase === 'ready',
    );
    expect(view).toMatchObject({ host: host.account.username, phase: 'ready', players: 3 });
    expect(await refusalOf(seal(other, matchId))).toMatch(/^not-host: /);
    await seal(host, matchId);
  });

  test('relays between matched players at once', async () => {
    const [bots, [result]] = await matched(world.host, 2);
    const [left, right] = bots as [Bot, Bot];
    const matchId = result?.match_id ?? '';
    for (const bot of bots) await bot.join(matchId);

    signal(left, matchId, offer(right.sessionId));

    expect((await right.nextData(Op.WEBRTC_PEER_METHOD)).presence).toEqual(left.self);
    await settle(...bots);
    expect(bots.flatMap((bot) => bot.allData(Op.JOIN_SUCCESS))).toEqual([]);
  });

  test('carries what a player sends before they have read the reply to their join: they do not know the match’s id', async () => {
    const [bots, [result]] = await matched(world.host, 2);
    const [left, right] = bots as [Bot, Bot];
    const match_id = result?.match_id ?? '';
    await right.join(match_id);

    left.post({ cid: 'join', match_join: { match_id } });
    left.sendData('', Op.WEBRTC_PEER_METHOD, offer(right.sessionId));

    expect((await right.nextData(Op.WEBRTC_PEER_METHOD)).match_id).toBe(match_id);
    await settle(left);
    expect(left.all('error')).toEqual([]);
  });

  test('leaves a message without a match id to Nakama when its sender has joined none', async () => {
    const bot = await newBot(world.host);
    bot.sendData('', Op.WEBRTC_PEER_METHOD, offer('nobody'));
    expect((await bot.next('error')).message).toBe('Invalid match ID');
  });

  test('lets only matched sessions in', async () => {
    const [bots, [result]] = await matched(world.host, 2);
    const matchId = result?.match_id ?? '';
    const sameUser = await world.host.connect((bots[0] as Bot).account);

    expect(await refusalOf((await newBot(world.host)).join(matchId))).toMatch(/^not-invited: \S/);
    expect(await refusalOf(sameUser.join(matchId))).toMatch(/^not-invited: \S/);
  });

  test('takes the largest min and the smallest max of the tickets', async () => {
    const pool = poolOf(3);
    const bots = await newBots(world.host, 3);
    const counts = [
      { min_count: 2, max_count: 4 },
      { min_count: 3, max_count: 3 },
      { min_count: 3, max_count: 3 },
    ];
    await Promise.all(bots.map((bot, i) => bot.addMatchmaker({ ...pool, ...counts[i] })));
    const { match_id, users } = await (bots[0] as Bot).next('matchmaker_matched');

    expect(users).toHaveLength(3);
    const view = await viewRoom(bots[0] as Bot, match_id ?? '');
    expect(view).toMatchObject({ min_players: 3, max_players: 3, players: 0 });
  });

  test('marks every ticket with its version and counts', async () => {
    const [, [result]] = await matched(world.host, 2, withVersion(poolOf(2), '1.0'));

    for (const { string_properties, numeric_properties } of result?.users ?? []) {
      expect(string_properties).toMatchObject({
        online_match_version: `v${Buffer.from('1.0').toString('hex')}`,
      });
      expect(numeric_properties).toMatchObject({ online_match_min: 2, online_match_max: 2 });
    }
  });

  test('keeps versions apart that are not the same to the letter', async () => {
    const pairs = [
      ['1.0', '2.0'],
      ['2024-01-05', '2024-01-06'],
      ['1.0*', '1.0beta'],
      ['a b', 'a'],
      ['', '1.0'],
    ].map(async ([one = '', other = '']) => {
      const pool = poolOf(2);
      const versions = [one, other, one, other];
      const bots = await newBots(world.host, 4);
      for (const [i, bot] of bots.entries()) {
        await bot.addMatchmaker(withVersion(pool, versions[i] ?? ''));
      }
      for (const [i, bot] of bots.entries()) {
        const { users } = await bot.next('matchmaker_matched');
        const met = users.map(({ string_properties }) => string_properties?.client_version ?? '');
        expect(met).toEqual([versions[i], versions[i]]);
      }
    });
    await Promise.all(pairs);
  });

  test('understands the clause that the addon writes, whatever the version', async () => {
    const results = ['1.0', '2024-01-05', 'a:b', '~1', '"1" (beta)'].map((version) => {
      const { query, ...pool } = withVersion(poolOf(2), version);
      return matched(world.host, 2, { ...pool, query: `${query} +properties.client_version:${version}` });
    });

    for (const [, [result]] of await Promise.all(results)) expect(result?.match_id).toBeTruthy();
  });

  test('a room keeps the version of its tickets', async () => {
    const [bots, [result]] = await matched(world.host, 2, withVersion(poolOf(2), '1.0'));
    const [bot] = bots as [Bot];
    const matchId = result?.match_id ?? '';

    expect(await viewRoom(bot, matchId)).toMatchObject({ client_version: '1.0' });
    expect(await refusalOf(bot.join(matchId, { client_version: '2.0' }))).toMatch(
      /^(version-mismatch|bad-request): /,
    );
    await bot.join(matchId);
  });

  test.each([
    [2, 17],
    [17, 17],
  ])('refuses a ticket for %d to %d players', async (min_count, max_count) => {
    const bot = await newBot(world.host);
    const ticket = poolOf(min_count, max_count);

    expect(await refusalOf(bot.addMatchmaker(ticket))).toMatch(/^bad-request: \S/);

    const party = await bot.createParty();
    expect(await refusalOf(bot.addPartyMatchmaker(party, ticket))).toMatch(/^bad-request: \S/);
  });

  test('matches a party with others', async () => {
    const [leader, member, stranger] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const partyId = await leader.createParty();
    await member.joinParty(partyId);
    await member.next('party');
    const pool = poolOf(3);
    await leader.addPartyMatchmaker(partyId, pool);
    await stranger.addMatchmaker(pool);

    for (const bot of [leader, member, stranger]) {
      const { match_id, users } = await bot.next('matchmaker_matched');
      expect(users).toHaveLength(3);
      await bot.join(match_id ?? '');
    }
  });

  test('leaves created rooms alone', async () => {
    const { room, creator } = await gather(world.host, 2);
    const [bots] = await matched(world.host, 2);
    expect(bots.every((bot) => bot.all('matchmaker_matched')[0]?.match_id !== room.match_id)).toBe(true);
    await creator.ping();
  });
});
