import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  candidate,
  createRoom,
  eventually,
  gather,
  newBots,
  Op,
  offer,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf } from '../../kit/players/wire.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));

onBothHosts(
  'budgets',
  (world) => {
    test('passes as many descriptions and candidates as allowed for each other player, and no more', async () => {
      const { room, creator, others } = await gather(world.host, 3);
      const [receiver] = others as [Bot];

      for (const n of numbers(10)) signal(creator, room.match_id, offer(receiver.sessionId, n));
      for (const n of numbers(20)) signal(creator, room.match_id, candidate(receiver.sessionId, n));

      await settle(creator, receiver);
      const arrived = receiver.allData(Op.WEBRTC_PEER_METHOD).map(jsonOf);
      expect(arrived.filter(({ sdp }) => sdp).map(({ sdp }) => sdp)).toEqual(numbers(2 * 2));
      expect(arrived.filter(({ name }) => name).map(({ name }) => name)).toEqual(numbers(3 * 2));
    });

    test("takes nothing from the others' budgets", async () => {
      const { room, creator, others } = await gather(world.host, 3);
      const [left, right] = others as [Bot, Bot];
      for (const n of numbers(10)) signal(creator, room.match_id, offer(left.sessionId, n));
      await settle(creator);

      signal(right, room.match_id, offer(left.sessionId));

      await left.nextData(Op.WEBRTC_PEER_METHOD, ({ presence }) => presence?.session_id === right.sessionId);
    });
  },
  {
    env: {
      ONLINE_MATCH_DESCRIPTION_BURST: '2',
      ONLINE_MATCH_CANDIDATE_BURST: '3',
      ONLINE_MATCH_REFILL_SEC: '600',
    },
  },
);

onBothHosts(
  'budgets, refilled',
  (world) => {
    test('are full again after the time set', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];
      for (const n of numbers(10)) signal(creator, room.match_id, offer(receiver.sessionId, n));
      await settle(creator, receiver);
      const before = receiver.allData(Op.WEBRTC_PEER_METHOD).length;
      expect(before).toBeLessThan(10);

      const probe = async () => {
        signal(creator, room.match_id, offer(receiver.sessionId, 'again'));
        await settle(creator, receiver);
        return receiver.allData(Op.WEBRTC_PEER_METHOD).length;
      };

      expect(await eventually(creator, probe, (count) => count > before)).toBeGreaterThan(before);
    });

    test('bound what is held for a member that is not confirmed yet', async () => {
      const [creator, sender, receiver] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const { match_id } = await createRoom(creator, { max_players: 3 });
      await receiver.join(match_id);
      await sender.join(match_id);
      for (const n of numbers(40)) signal(sender, match_id, candidate(receiver.sessionId, n));
      await settle(sender);

      await creator.join(match_id);

      // All in one callback of the match, which a ping of the receiver's may overtake.
      await receiver.nextData(Op.WEBRTC_PEER_METHOD, (data) => jsonOf(data).name === numbers(5).at(-1));
      await settle(creator, sender, receiver);
      const arrived = receiver.allData(Op.WEBRTC_PEER_METHOD).map((data) => jsonOf(data).name);
      expect(arrived).toEqual(numbers(5));
    });
  },
  {
    env: {
      ONLINE_MATCH_DESCRIPTION_BURST: '2',
      ONLINE_MATCH_REFILL_SEC: '1',
      ONLINE_MATCH_HELD_MESSAGES: '5',
    },
  },
);

onBothHosts(
  'bytes that are held',
  (world) => {
    test('are bounded for each sender, over all members who are not in yet, and not for others', async () => {
      const [creator, sender, other, ...receivers] = (await newBots(world.host, 5)) as [
        Bot,
        Bot,
        Bot,
        Bot,
        Bot,
      ];
      const { match_id } = await createRoom(creator, { max_players: 5 });
      for (const bot of [sender, other, ...receivers]) await bot.join(match_id);
      const fitting = Math.floor(
        (5 * 1024) / Buffer.byteLength(candidate(sender.sessionId, 'x'.repeat(700))),
      );
      for (const n of numbers(fitting)) {
        for (const { sessionId } of receivers)
          signal(sender, match_id, candidate(sessionId, n.padEnd(700, 'x')));
      }
      await settle(sender);
      signal(other, match_id, candidate(receivers[0].sessionId, 'other'));
      await settle(other);

      await creator.join(match_id);

      await receivers[0].nextData(Op.WEBRTC_PEER_METHOD, (data) => jsonOf(data).name === 'other');
      await settle(creator, sender, ...receivers);
      const arrived = receivers.flatMap((bot) =>
        bot.allData(Op.WEBRTC_PEER_METHOD).map(({ presence }) => presence),
      );
      const isSenders = (presence: { session_id: string } | undefined) =>
        presence?.session_id === sender.sessionId;
      expect(arrived.filter(isSenders)).toHaveLength(fitting);
    });
  },
  { env: { ONLINE_MATCH_MAX_MESSAGE_BYTES: '1024' } },
);
