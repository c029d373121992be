import { onFake } from '../../kit/contract/hosts.ts';
import {
  believedBy,
  createElectingRoom,
  createRoom,
  eventually,
  joinSuccessOf,
  newBot,
  newBots,
  Op,
  offer,
  refusalOf,
  rosterOf,
  seal,
  settle,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import { FakeHost } from '../../kit/fake-nakama/index.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { Random } from '../../kit/random.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('a room whose joiners die on the way in', () => {
  onFake(
    (world) => {
      // Well before Nakama itself clears such a session, at its 30th second.
      test('fills with those that live', async () => {
        const { match_id } = await createElectingRoom(world.host, { min_players: 2, max_players: 4 });
        const watcher = await newBot(world.host);
        const alive: Bot[] = [];
        const tryAnother = async () => {
          const bot = await newBot(world.host);
          if ((await refusalOf(bot.join(match_id))) === 'accepted') alive.push(bot);
          return alive.length;
        };

        await eventually(watcher, tryAnother, (count) => count === 4, 25_000);

        expect(alive).toHaveLength(4);
        await Promise.all(alive.map((bot) => rosterOf(bot, 4)));
      });
    },
    { env: { ONLINE_MATCH_SEAT_SEC: '1' }, chaos: { untracked: 0.5 } },
    seeds(6),
  );
});

describe('a room that is never told of the answers to joins', () => {
  onFake(
    (world) => {
      test('finds out by itself who is in', async () => {
        const bots = await newBots(world.host, 4);
        const { match_id } = await createRoom(bots[0] as Bot, { max_players: 4 });

        await Promise.all(bots.map((bot) => bot.join(match_id)));

        for (const bot of bots) {
          await rosterOf(bot, 4);
          expect(bot.inbox.items.findIndex(({ kind }) => kind === 'match')).toBeLessThan(
            bot.inbox.items.findIndex(({ kind }) => kind === 'match_data'),
          );
        }
      });

      test('takes any message of a member as a sign, at once', async () => {
        const [creator] = (await newBots(world.host, 1)) as [Bot];
        const { match_id } = await createRoom(creator);
        await creator.join(match_id);

        signal(creator, match_id, '{}');

        const told = async () => creator.allData(Op.JOIN_SUCCESS).length;
        expect(await eventually(creator, told, (count) => count > 0, 400)).toBe(1);
      });
    },
    { chaos: { skippedAfter: 1 } },
    seeds(6),
  );
});

/** What players may do at any moment, in any order. */
const deeds: ((bot: Bot, matchId: string, others: Bot[], random: Random) => void)[] = [
  (bot, matchId) => bot.post({ match_join: { match_id: matchId }, cid: 'join' }),
  (bot, matchId) => bot.post({ match_join: { match_id: matchId }, cid: 'join' }),
  (bot, matchId) => bot.post({ match_leave: { match_id: matchId }, cid: 'leave' }),
  (bot, matchId, others, random) => {
    const ids = others.flatMap(({ inbox }) =>
      inbox.items.flatMap(({ body }) => body.match?.self.session_id ?? []),
    );
    if (ids.length > 0) signal(bot, matchId, offer(random.pick(ids)));
  },
  (bot, matchId) => void seal(bot, matchId).catch(() => {}),
  (bot) => bot.terminate(),
];

/** What holds for every player whatever happened. */
function expectSound(bot: Bot, maxPlayers: number, peerIds: Map<number, string>): void {
  const ownId = bot.all('match')[0]?.self.session_id;
  const kinds = bot.inbox.items.map(({ kind }) => kind);
  if (kinds.includes('match_data')) expect(kinds.indexOf('match')).toBeLessThan(kinds.indexOf('match_data'));
  for (const data of bot.allData(Op.JOIN_SUCCESS)) {
    const { players } = joinSuccessOf(data);
    const listed = Object.values(players);
    expect(listed[0]?.session_id).toBe(ownId);
    expect(listed.length).toBeLessThanOrEqual(maxPlayers);
    for (const { peer_id, session_id } of listed) {
      expect(peerIds.get(peer_id) ?? session_id).toBe(session_id);
      peerIds.set(peer_id, session_id);
    }
  }
}

describe('players that come, go, talk and die at any moment', () => {
  test.each(seeds(60))('keep their room sound (seed %d)', async (seed) => {
    const env = { ONLINE_MATCH_SEAT_SEC: '1', ONLINE_MATCH_UNJOINED_SEC: '600' };
    const random = new Random(seed);
    const host = new FakeHost({ seed, env, chaos: { busy: 0.05 } });
    const { match_id } = await createElectingRoom(host, { min_players: 2, max_players: 4 });
    const bots = await newBots(host, 10);
    const watcher = await newBot(host);
    for (let round = 0; round < 12; round++) {
      for (let deed = 0; deed < 6; deed++) random.pick(deeds)(random.pick(bots), match_id, bots, random);
      if (random.next() < 0.7) await watcher.ping();
    }
    await watcher.pause(5000);
    await watcher.ping();

    const peerIds = new Map<number, string>();
    for (const bot of bots) expectSound(bot, 4, peerIds);
    expect(host.server.logged.filter((line) => /^error|Stopping match|failed/.test(line))).toEqual([]);
    const match = host.server.matches.get(match_id);
    const present = match?.members.map(({ id }) => id) ?? [];
    for (const bot of bots) {
      const id = bot.all('match').at(-1)?.self.session_id ?? '';
      // Whoever was told 9003 plays no more, whatever they believe.
      const isPlaying = bot.allData(Op.JOIN_SUCCESS).length > 0 && bot.allData(Op.JOIN_ERROR).length === 0;
      if (present.includes(id) && isPlaying) {
        expect([...believedBy(bot)].sort()).toEqual([...present].sort());
      }
    }
    if (match) expect(await viewRoom(watcher, match_id)).toMatchObject({ players: present.length });
    await settle(watcher);
    await host.stop();
  });
});
