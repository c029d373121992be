import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  bySessionId,
  createElectingRoom,
  createRoom,
  enter,
  gather,
  newBot,
  newBots,
  Op,
  peerIdsOf,
  rosterOf,
  seal,
  settle,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

onBothHosts('players and host', (world) => {
  test('makes the creator peer 1 and numbers the others as they join', async () => {
    const { bots } = await gather(world.host, 4);

    const peerIds = peerIdsOf(await rosterOf(bots[3] as Bot, 4));

    expect(bots.map(({ sessionId }) => peerIds[sessionId])).toEqual([1, 2, 3, 4]);
  });

  test('lists the recipient first and every field any port of the addon reads', async () => {
    const { bots } = await gather(world.host, 3);

    for (const bot of bots) {
      const { players } = await rosterOf(bot, 3);
      expect(Object.keys(players)[0]).toBe(bot.sessionId);
      expect(new Set(Object.keys(players))).toEqual(new Set(bots.map(({ sessionId }) => sessionId)));
      for (const [id, player] of Object.entries(players)) {
        const { self } = bots.find(({ sessionId }) => sessionId === id) as Bot;
        expect(player).toEqual({ ...self, peer_id: expect.any(Number), spectator: false });
      }
    }
  });

  test('lets others wait until the creator is there', async () => {
    const [creator, ...others] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await createRoom(creator, { max_players: 3 });
    for (const other of others) await other.join(match_id);
    await settle(...others);
    for (const other of others) expect(other.allData(Op.JOIN_SUCCESS)).toEqual([]);

    await creator.join(match_id);

    for (const bot of [creator, ...others]) {
      const peerIds = peerIdsOf(await rosterOf(bot, 3));
      expect([creator, ...others].map(({ sessionId }) => peerIds[sessionId])).toEqual([1, 2, 3]);
    }
  });

  test("is the creator's on the socket they made the room with", async () => {
    const creator = await newBot(world.host);
    const second = await world.host.connect(creator.account);
    const { match_id } = await createRoom(creator, { max_players: 2 });

    await second.join(match_id);
    await creator.join(match_id);

    const peerIds = peerIdsOf(await rosterOf(second, 2));
    expect([creator, second].map(({ sessionId }) => peerIds[sessionId])).toEqual([1, 2]);
  });

  test.each(['elect', 'backend'])(
    'holds everybody back until min_players are in, then elects (%s)',
    async (how) => {
      const request = { min_players: 3, max_players: 4 };
      const { match_id } =
        how === 'backend'
          ? await createElectingRoom(world.host, request)
          : await createRoom(await newBot(world.host), { ...request, host: 'elect' });
      const bots = await newBots(world.host, 4);
      const [first, second, third, late] = bots as [Bot, Bot, Bot, Bot];
      await first.join(match_id);
      await second.join(match_id);
      await settle(first, second);
      expect([...first.allData(Op.JOIN_SUCCESS), ...second.allData(Op.JOIN_SUCCESS)]).toEqual([]);
      expect(await viewRoom(first, match_id)).toMatchObject({ host: null });

      await third.join(match_id);

      const sorted = [first, second, third].sort(bySessionId);
      for (const bot of sorted) {
        const peerIds = peerIdsOf(await rosterOf(bot, 3));
        expect(sorted.map(({ sessionId }) => peerIds[sessionId])).toEqual([1, 2, 3]);
      }
      expect(peerIdsOf(await enter(late, match_id))[late.sessionId]).toBe(4);
      expect(await viewRoom(first, match_id)).toMatchObject({ host: sorted[0]?.account.username });
      await seal(sorted[0] as Bot, match_id);
    },
  );
});
