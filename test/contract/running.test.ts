import { ANNOUNCED, gatherAnnounced, nextView, playerIn } from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  enter,
  gather,
  newBot,
  newBots,
  Op,
  refusalOf,
  settle,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Account } from '../../kit/players/socket-player.ts';
import { jsonOf } from '../../kit/players/wire.ts';

const codeOf = async (request: Promise<unknown>) => (await refusalOf(request)).split(':')[0];

/** Host-only RPCs, and what they are asked for. */
const HOST_ONLY: [string, object][] = [
  ['update_online_match', { name: 'Mine' }],
  ['kick_from_online_match', { peer_id: 3 }],
  ['transfer_online_match', { peer_id: 3 }],
  ['seal_online_match', { sealed: true, force: true }],
];

onBothHosts('running a room', (world) => {
  const overHttp = async (who: Account | 'backend', rpc: string, request: object) => {
    const { code, text } = await world.host.callRpc(who, rpc, request);
    return code === 0 ? 'accepted' : text.split(':')[0];
  };

  test.each(HOST_ONLY)('%s is for the host and the backend', async (rpc, request) => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3, { max_players: 4 });
    const [creator, member] = bots as [Bot, Bot];
    const asked = { match_id: matchId, ...request };
    const stranger = await newBot(world.host);
    const ways: [string, Promise<string | undefined>][] = [
      ['a member', codeOf(member.rpc(rpc, asked))],
      ['a member over HTTP', overHttp(member.account, rpc, asked)],
      ['a stranger', codeOf(stranger.rpc(rpc, asked))],
      ['a stranger over HTTP', overHttp(stranger.account, rpc, asked)],
    ];
    for (const [who, answer] of ways) expect([who, await answer]).toEqual([who, 'not-host']);
    expect(await codeOf(creator.rpc(rpc, { ...asked, term: 9 }))).toBe('stale-term');
    expect(await codeOf(creator.rpc(rpc, { ...asked, match_id: `${matchId}x` }))).toBe('match-not-found');
    expect(await codeOf(creator.rpc(rpc, { ...asked, x: 1 }))).toBe('bad-request');
    expect(await codeOf(creator.rpc(rpc, { ...asked, term: 1 }))).toBe('accepted');
  });

  test.each(HOST_ONLY)(
    '%s is heard over HTTP, from the host, also while away, and from the backend',
    async (rpc, request) => {
      for (const who of ['host', 'host who is away', 'backend'] as const) {
        const { matchId, bots } = await gatherAnnounced(world.host, 3);
        const [creator, member] = bots as [Bot, Bot];
        if (who === 'host who is away') {
          creator.terminate();
          await nextView(member, (view) => playerIn(view, 1).away === true);
        }
        const caller = who === 'backend' ? who : creator.account;
        expect([who, await overHttp(caller, rpc, { match_id: matchId, ...request })]).toEqual([
          who,
          'accepted',
        ]);
      }
    },
  );

  test('a change is answered, shown to players who announced themselves, and to whoever looks', async () => {
    const { room, creator } = await gather(world.host, 2, { max_players: 3 });
    const announced = await newBot(world.host);
    await announced.join(room.match_id, ANNOUNCED);
    await announced.nextData(9010);
    const change = {
      ...{ name: 'Köln', visibility: 'public', properties: { mode: 'ctf', level: 2.5, ranked: false } },
      ...{ min_players: 3, max_players: 5 },
    };
    const answer = JSON.parse(
      await creator.rpc('update_online_match', { match_id: room.match_id, ...change }),
    );
    expect(answer).toMatchObject({ ...change, open_seats: 2, players: 3, has_password: false });
    const seen = await announced.nextData(9010, (data) => jsonOf(data).max_players === 5);
    expect(jsonOf(seen)).toMatchObject(change);
    expect(await viewRoom(announced, room.match_id)).toEqual(answer);

    for (const [wrong, code] of [
      [{ min_players: 2, max_players: 2 }, 'match-full'],
      [{ max_players: 2 }, 'bad-request'],
      [{ max_players: 99 }, 'bad-request'],
      [{ min_players: 6 }, 'bad-request'],
      [{ name: 'x'.repeat(65) }, 'bad-request'],
      [{ properties: { 'a b': 1 } }, 'bad-request'],
      [
        { properties: Object.fromEntries(Array.from('abcdefgh', (key) => [key, '€'.repeat(64)])) },
        'bad-request',
      ],
    ] as const) {
      expect(await codeOf(creator.rpc('update_online_match', { match_id: room.match_id, ...wrong }))).toBe(
        code,
      );
    }
  });

  test('whoever is sent away is told why and is out; the others hear that they left', async () => {
    const { room, creator, others } = await gather(world.host, 3);
    const [kicked, other] = others as [Bot, Bot];
    const { match_id } = room;
    await creator.rpc('kick_from_online_match', { match_id, peer_id: 2, reason: 'Too loud.' });
    expect(jsonOf(await kicked.nextData(Op.JOIN_ERROR))).toEqual({
      target: kicked.sessionId,
      code: 0,
      reason: 'Too loud.',
      refusal: 'kicked',
    });
    for (const bot of [creator, other]) {
      await bot.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === kicked.sessionId);
    }
    kicked.sendData(match_id, Op.WEBRTC_PEER_METHOD, '{}');
    await settle(kicked, other);
    // Not for good.
    await enter(kicked, match_id);
  });

  test('whoever is banned does not come in again: by id, code, invitation, another socket; nor get a seat kept', async () => {
    const { room, creator, others } = await gather(world.host, 3, { max_players: 8, visibility: 'public' });
    const [banned, member] = others as [Bot, Bot];
    const { match_id, code } = room;
    const answer = await creator.rpc('kick_from_online_match', { match_id, peer_id: 2, ban: true });
    expect(JSON.parse(answer)).toEqual({ match_id, peer_id: 2, banned: true });
    expect(jsonOf(await banned.nextData(Op.JOIN_ERROR))).toMatchObject({ refusal: 'banned' });

    await member.rpc('invite_to_online_match', { match_id, user_ids: [banned.account.userId] });
    expect(await codeOf(banned.join(match_id))).toBe('banned');
    expect(await codeOf(banned.join(code))).toBe('banned');
    expect(await codeOf(banned.join(match_id, { ...ANNOUNCED, resume: '2' }))).toBe('banned');
    const again = await world.host.connect(banned.account);
    expect(await codeOf(again.join(match_id))).toBe('banned');
    expect(await codeOf(banned.rpc('unlock_online_match', { match_id, password: 'x' }))).toBe('banned');
    // The list is as before.
    expect(await viewRoom(banned, match_id)).toMatchObject({ players: 2, open_seats: 6 });
  });

  test('somebody who is away is sent away too, and their seat is gone', async () => {
    const [creator, away] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createElectingRoom(world.host);
    for (const bot of [creator, away]) await bot.join(match_id, ANNOUNCED);
    const [first] = [creator, away].sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
    const [host, gone] = first === creator ? [creator, away] : [away, creator];
    await host.nextData(9010, (data) => jsonOf(data).players.length === 2);
    gone.terminate();
    await host.nextData(9010, (data) =>
      jsonOf(data).players.some((player: { away?: boolean }) => player.away),
    );
    await host.rpc('kick_from_online_match', { match_id, peer_id: 2 });
    await host.nextData(9010, (data) => jsonOf(data).players.length === 1);
    const back = await world.host.connect(gone.account);
    expect(await codeOf(back.join(match_id, { ...ANNOUNCED, resume: '2' }))).toBe('seat-gone');
    await enter(back, match_id, ANNOUNCED);
  });

  test('a game begins when all are ready, if the host asks for it; and anew for the next one', async () => {
    const [creator, other] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = JSON.parse(await creator.rpc('create_online_match'));
    for (const bot of [creator, other]) await enter(bot, match_id, ANNOUNCED);
    const say = (bot: Bot, status: object) => bot.sendData(match_id, 9012, JSON.stringify(status));
    const seal = (sealed: boolean) =>
      codeOf(creator.rpc('seal_online_match', { match_id, sealed, force: true, require_ready: true }));
    const allReady = (ready: boolean) => creator.nextData(9010, (data) => jsonOf(data).all_ready === ready);

    say(other, { ready: true, properties: { team: 'red', level: 2 } });
    const shown = await creator.nextData(9010, (data) => jsonOf(data).players[1]?.ready === true);
    expect(jsonOf(shown).players[1]).toMatchObject({ ready: true, properties: { team: 'red', level: 2 } });
    expect(await seal(true)).toBe('not-ready');
    say(creator, { ready: true });
    await allReady(true);
    expect(await seal(true)).toBe('accepted');
    expect(await seal(false)).toBe('accepted');
    await allReady(false);
  });

  test('an invitation reaches who is connected, unless they block the sender', async () => {
    const { room, creator, others } = await gather(world.host, 2, {
      max_players: 8,
      name: 'Ours',
    });
    const [member] = others as [Bot];
    const [friend, blocker, stranger] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    await world.host.block(blocker.account, member.account);
    const { match_id, code } = room;
    await creator.rpc('update_online_match', { match_id, password: 'secret' });
    const unknown = '11111111-2222-4333-8444-555555555555';
    const userIds = [unknown, blocker.account.userId, friend.account.userId];

    expect(await codeOf(stranger.rpc('invite_to_online_match', { match_id, user_ids: userIds }))).toBe(
      'not-a-member',
    );
    const answer = await member.rpc('invite_to_online_match', { match_id, user_ids: userIds });
    expect(JSON.parse(answer)).toEqual({ match_id });
    const { notifications } = await friend.next('notifications');
    expect(notifications).toHaveLength(1);
    expect(notifications[0]).toMatchObject({ code: 9020, sender_id: member.account.userId });
    expect(JSON.parse(notifications[0]?.content ?? '')).toEqual({
      ...{ match_id, code, name: 'Ours' },
      host: creator.account.username,
    });
    await settle(blocker);
    expect(blocker.unread('notifications')).toEqual([]);
    await enter(friend, match_id);
    expect(await codeOf(stranger.join(match_id))).toBe('password-required');
  });

  test.each([
    {},
    { user_ids: [] },
    { user_ids: ['me'] },
    { user_ids: 'x' },
    { user_ids: Array(17).fill('11111111-2222-4333-8444-555555555555') },
  ])('an invitation of %j is none', async (request) => {
    const { room, creator } = await gather(world.host, 1, { min_players: 2 });
    expect(await codeOf(creator.rpc('invite_to_online_match', { match_id: room.match_id, ...request }))).toBe(
      'bad-request',
    );
  });
});

onBothHosts(
  'invitations',
  (world) => {
    test('are bounded for each sender, by whom they invite', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const ids = Array.from({ length: 3 }, (_, index) => `11111111-2222-4333-8444-55555555555${index}`);
      const invite = (bot: Bot) =>
        codeOf(bot.rpc('invite_to_online_match', { match_id: room.match_id, user_ids: ids }));
      expect(await invite(creator)).toBe('accepted');
      expect(await invite(creator)).toBe('too-many-requests');
      expect(await invite(others[0] as Bot)).toBe('accepted');
    });
  },
  { env: { ONLINE_MATCH_INVITATIONS_PER_MINUTE: '5' } },
);
