import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  believedBy,
  joinSuccessOf,
  newBot,
  newBots,
  Op,
  offer,
  refusalOf,
  sessionIdsOf,
  settle,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf } from '../../kit/players/wire.ts';

/** As an addon's host counts them: themselves first. */
const grant = (
  host: Bot,
  others: Bot[],
  client_version = 'dev',
  peerIds = others.map((_, i) => i + 2),
): string => {
  const entry = ({ sessionId, account: { username } }: Bot, peer_id: number) => ({
    [sessionId]: { session_id: sessionId, username, peer_id },
  });
  const listed = others.map((bot, i) => entry(bot, peerIds[i] as number));
  return JSON.stringify({ client_version, players: Object.assign(entry(host, 1), ...listed) });
};

const isJoinOf = (bot: Bot) => (event: { joins?: { session_id: string }[] }) =>
  event.joins?.some(({ session_id }) => session_id === bot.sessionId) ?? false;

onBothHosts('create_match', (world) => {
  /** An addon's host, and joiners that it has let in. */
  async function hosted(count: number) {
    const [host, ...joiners] = (await newBots(world.host, count + 1)) as [Bot, ...Bot[]];
    const match = await host.createMatch();
    for (const [i, joiner] of joiners.entries()) {
      await joiner.join(match.match_id);
      await host.next('match_presence_event', isJoinOf(joiner));
      host.sendData(match.match_id, Op.JOIN_SUCCESS, grant(host, joiners.slice(0, i + 1)));
      await joiner.nextData(Op.JOIN_SUCCESS);
    }
    return { host, joiners, matchId: match.match_id };
  }

  test('is answered with a room whose host is its creator', async () => {
    const [host] = (await newBots(world.host, 1)) as [Bot];

    const match = await host.createMatch();

    expect(match).toMatchObject({ authoritative: true, size: 1, self: { username: host.account.username } });
    expect(host.inbox.items[0]?.kind).toBe('match');
    expect(await viewRoom(host, match.match_id)).toMatchObject({ host: host.account.username, players: 1 });
  });

  test('tells the host of everybody who joins the moment the reply is there', async () => {
    for (let tries = 0; tries < 20; tries++) {
      const [host, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
      host.onEnvelope(({ match }) => match && joiner.post({ match_join: { match_id: match.match_id } }));
      await host.createMatch();
      const { self } = await joiner.next('match');
      joiner.self = self;
      await host.next('match_presence_event', isJoinOf(joiner));
    }
  });

  test('lets joiners in as the host says, and relays between all', async () => {
    const { host, joiners, matchId } = await hosted(2);
    const [first, second] = joiners as [Bot, Bot];

    const { players, client_version } = joinSuccessOf(second.allData(Op.JOIN_SUCCESS)[0] as never);
    const peerIds = Object.entries(players).map(([id, { peer_id }]) => [id, peer_id]);
    expect(peerIds[0]).toEqual([second.sessionId, 3]);
    expect(Object.fromEntries(peerIds)).toEqual({
      [host.sessionId]: 1,
      [first.sessionId]: 2,
      [second.sessionId]: 3,
    });
    expect(client_version).toBe('dev');
    for (const [from, to] of [
      [host, second],
      [second, host],
      [first, second],
    ] as const) {
      signal(from, matchId, offer(to.sessionId));
      expect((await to.nextData(Op.WEBRTC_PEER_METHOD)).presence).toEqual(from.self);
    }
    await settle(host);
    expect(host.allData(Op.JOIN_SUCCESS)).toEqual([]);
  });

  test('believes neither a joiner nor a host that contradicts themselves', async () => {
    const { host, joiners, matchId } = await hosted(1);
    const [joiner] = joiners as [Bot];
    const late = await newBot(world.host);
    await late.join(matchId);
    await host.next('match_presence_event', isJoinOf(late));

    joiner.sendData(matchId, Op.JOIN_SUCCESS, grant(host, [joiner, late]));
    joiner.sendData(
      matchId,
      Op.JOIN_ERROR,
      JSON.stringify({ target: host.sessionId, reason: 'out', code: 1 }),
    );
    for (const peerIds of [
      [3, 2],
      [2, 2],
      [2, 1],
      [2, 0],
      [2, 2 ** 31],
    ]) {
      host.sendData(matchId, Op.JOIN_SUCCESS, grant(host, [joiner, late], 'dev', peerIds));
    }
    await settle(joiner, host, late);
    expect(late.all('match_data')).toEqual([]);
    expect(host.all('match_data')).toEqual([]);

    host.sendData(matchId, Op.JOIN_SUCCESS, grant(host, [joiner, late]));
    await late.nextData(Op.JOIN_SUCCESS);
  });

  test('passes the host’s refusal on, and shuts the door once the game has begun', async () => {
    const { host, joiners, matchId } = await hosted(1);
    const [joiner] = joiners as [Bot];
    const late = await newBot(world.host);
    await late.join(matchId);
    await host.next('match_presence_event', isJoinOf(late));

    const refusal = { target: late.sessionId, code: 0, reason: 'Sorry! The match has already begun' };
    host.sendData(matchId, Op.JOIN_ERROR, JSON.stringify(refusal));

    expect(jsonOf(await late.nextData(Op.JOIN_ERROR))).toEqual({ ...refusal, refusal: 'match-sealed' });
    await joiner.next('match_presence_event', ({ leaves }) => sessionIdsOf(leaves).includes(late.sessionId));
    expect(joiner.allData(Op.JOIN_ERROR)).toEqual([]);
    expect(await refusalOf((await newBot(world.host)).join(matchId))).toMatch(/^match-sealed: /);
  });

  test('leaves no ghost of somebody who was gone when the host let them in', async () => {
    const { host, joiners, matchId } = await hosted(1);
    const [joiner] = joiners as [Bot];
    const hasty = await newBot(world.host);
    await hasty.join(matchId);
    await hasty.leave(matchId);
    await joiner.next('match_presence_event', ({ leaves }) => sessionIdsOf(leaves).includes(hasty.sessionId));

    host.sendData(matchId, Op.JOIN_SUCCESS, grant(host, [joiner, hasty]));

    await settle(host, joiner);
    expect(believedBy(joiner)).toEqual(new Set([host.sessionId, joiner.sessionId]));
  });

  test.each([
    ['an empty signal', Op.WEBRTC_PEER_METHOD, '{}'],
    ['seven bytes', Op.WEBRTC_PEER_METHOD, Uint8Array.from([2, 1, 0, 0, 0, 120, 0])],
    ['an opcode of another game', 7, 'x'],
  ] as const)(
    'is not changed by a joiner who sends %s: nothing forged goes through',
    async (_title, op, data) => {
      for (const isGranted of [false, true]) {
        const { host, joiners, matchId } = await hosted(isGranted ? 1 : 0);
        const [hostile, late] = (await newBots(world.host, 2)) as [Bot, Bot];
        await hostile.join(matchId);
        await host.next('match_presence_event', isJoinOf(hostile));

        hostile.sendData(matchId, op, data);
        const forged = JSON.stringify({
          target: host.sessionId,
          reason: 'out',
          code: 1,
          players: {},
          you: 'x',
        });
        for (const number of [9002, 9003, 9004, 9010, 9014]) hostile.sendData(matchId, number, forged);
        for (const to of [host, ...joiners])
          hostile.sendData(matchId, Op.WEBRTC_PEER_METHOD, offer(to.sessionId));
        await settle(hostile, host, ...joiners);

        const numbers = [host, ...joiners].flatMap((bot) =>
          bot.all('match_data').map(({ op_code }) => op_code),
        );
        expect(
          numbers.filter((number) => number.startsWith('90') && number !== String(Op.JOIN_SUCCESS)),
        ).toEqual([]);
        await late.join(matchId);
        await host.next('match_presence_event', isJoinOf(late));
        host.sendData(matchId, Op.JOIN_SUCCESS, grant(host, [...joiners, late]));
        expect(Object.keys(joinSuccessOf(await late.nextData(Op.JOIN_SUCCESS)).players)).toContain(
          late.sessionId,
        );
      }
    },
  );

  test('gives names and their relayed matches to Nakama', async () => {
    const [bot] = (await newBots(world.host, 1)) as [Bot];
    expect((await bot.createMatch('lobby of a game')).match_id).toMatch(/\.$/);
  });

  test('takes an id with a dot at its end, as join screens write it', async () => {
    const { matchId } = await hosted(0);
    const joiner = await newBot(world.host);

    expect((await joiner.join(`${matchId}.`)).match_id).toBe(matchId);
  });
});

onBothHosts(
  'create_match, marked sessions only',
  (world) => {
    test('is Nakama’s for a session without the mark', async () => {
      expect((await (await newBot(world.host)).createMatch()).match_id).toMatch(/\.$/);
      const marked = await newBot(world.host, { online_match: 'true' });
      expect((await marked.createMatch()).authoritative).toBe(true);
    });
  },
  {
    env: {
      ONLINE_MATCH_ADOPT_MATCH_CREATE: 'marked',
    },
  },
);
