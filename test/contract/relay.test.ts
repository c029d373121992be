import type { Bot } from '../support/bot.ts';
import { bytesOf } from '../support/wire.ts';
import { onBothHosts, onFake } from './hosts.ts';
import {
  answer,
  candidate,
  createRoom,
  gather,
  newBot,
  newBots,
  Op,
  offer,
  seal,
  settle,
  signal,
} from './players.ts';

const textOf = (data: Parameters<typeof bytesOf>[0]) => bytesOf(data).toString();

/** Everything a member may send that must lead to nothing. */
const nonsense = (receiver: Bot): [string, string | Uint8Array][] => [
  ['nothing', ''],
  ['no JSON', 'hello'],
  ['half a JSON', '{"method":"set_remote_description"'],
  ['bytes that are no UTF-8', Uint8Array.from([0xff, 0xfe, 0x00, 0x80])],
  ['a zero byte', '\0'],
  ['null', 'null'],
  ['a number', '1e999'],
  ['an array', `["${receiver.sessionId}"]`],
  ['10,000 arrays in each other', '['.repeat(5_000) + ']'.repeat(5_000)],
  ['deep objects', `${`{"a":`.repeat(2_000)}1${'}'.repeat(2_000)}`],
  ['a target in the depths', `${'{"method":'.repeat(1_000)}"x"${'}'.repeat(1_000)}`],
  ['45 KB', offer(receiver.sessionId, 'x'.repeat(45_000))],
  ['no target', JSON.stringify({ method: 'reconnect' })],
  ['an empty target', JSON.stringify({ method: 'reconnect', target: '' })],
  ['a target that is no text', JSON.stringify({ method: 'reconnect', target: [receiver.sessionId] })],
  ['an unknown target', offer('00000000-0000-4000-8000-000000000000')],
  ['an unknown method', JSON.stringify({ method: 'explode', target: receiver.sessionId })],
  [
    'a description without sdp',
    JSON.stringify({ method: 'set_remote_description', target: receiver.sessionId, type: 'offer' }),
  ],
  [
    'a description of no known type',
    JSON.stringify({ method: 'set_remote_description', target: receiver.sessionId, type: 'x', sdp: '' }),
  ],
  [
    'a candidate whose index is text',
    JSON.stringify({
      method: 'add_ice_candidate',
      target: receiver.sessionId,
      media: '0',
      index: '0',
      name: 'c',
    }),
  ],
  ['a poisoned key', `{"__proto__":{"target":"${receiver.sessionId}"},"method":"reconnect"}`],
];

onBothHosts(
  'relay',
  (world) => {
    test('hands a message to its target alone, byte for byte, with its sender', async () => {
      const { room, bots, creator, others } = await gather(world.host, 4);
      const [receiver, ...strangers] = others as [Bot, Bot, Bot];
      const text = `{ "sdp":"ümlaut \\u00e9 🙂\\r\\n",  "extra": [1.0, 1e3],"target":"${receiver.sessionId}",\n"type":"offer","method":"set_remote_description" }`;

      signal(creator, room.match_id, text);

      const data = await receiver.nextData(Op.WEBRTC_PEER_METHOD);
      expect(textOf(data)).toBe(text);
      expect(data.presence).toEqual(creator.self);
      expect(data.match_id).toBe(room.match_id);
      await settle(...bots);
      for (const bot of [creator, ...strangers]) expect(bot.allData(Op.WEBRTC_PEER_METHOD)).toEqual([]);
    });

    test('does not wait for a tick', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];

      signal(creator, room.match_id, offer(receiver.sessionId));

      await settle(creator, receiver);
      expect(receiver.allData(Op.WEBRTC_PEER_METHOD)).toHaveLength(1);
    });

    test('relays offers, answers, candidates and reconnects, in order', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];
      const target = receiver.sessionId;
      const texts = [
        offer(target),
        candidate(target, 'first'),
        candidate(target, ''),
        JSON.stringify({ method: 'reconnect', target }),
        answer(target),
      ];

      for (const text of texts) signal(creator, room.match_id, text);

      for (const text of texts) expect(textOf(await receiver.nextData(Op.WEBRTC_PEER_METHOD))).toBe(text);
    });

    test('ignores whom the sender would have sent it to', async () => {
      const { room, creator, bots, others } = await gather(world.host, 3);
      const [receiver, other] = others as [Bot, Bot];

      creator.sendData(room.match_id, Op.WEBRTC_PEER_METHOD, offer(receiver.sessionId), [other.self]);

      await receiver.nextData(Op.WEBRTC_PEER_METHOD);
      await settle(...bots);
      expect(other.allData(Op.WEBRTC_PEER_METHOD)).toEqual([]);
    });

    test('drops nonsense and stays up', async () => {
      const { room, bots, creator, others } = await gather(world.host, 3);
      const [receiver] = others as [Bot];
      const before = bots.map((bot) => bot.inbox.items.length);

      for (const [, text] of nonsense(receiver)) signal(creator, room.match_id, text);
      signal(creator, room.match_id, offer(creator.sessionId));
      for (const op of [Op.JOIN_SUCCESS, Op.JOIN_ERROR]) {
        creator.sendData(
          room.match_id,
          op,
          JSON.stringify({ players: {}, target: receiver.sessionId, reason: 'bye', code: 1 }),
        );
      }
      for (const op of [0, 1, 9004, 9010, -1, 2 ** 31])
        creator.sendData(room.match_id, op, offer(receiver.sessionId));
      signal(creator, room.match_id, offer(receiver.sessionId, 'last'));

      expect(textOf(await receiver.nextData(Op.WEBRTC_PEER_METHOD))).toContain('last');
      await others[1]?.ping();
      const news = bots.map((bot, i) => bot.inbox.items.slice(before[i]).map(({ body }) => body));
      for (const items of news) expect(items.filter(({ error }) => error)).toEqual([]);
      expect(news.map((items) => items.filter(({ match_data }) => match_data))).toEqual([
        [],
        [expect.anything()],
        [],
      ]);
    });

    test.each(nonsense({ sessionId: 'x' } as Bot).map(([title], i) => [title, i]))(
      'survives %s',
      async (_, i) => {
        const { room, creator, others } = await gather(world.host, 2);
        const [receiver] = others as [Bot];

        signal(creator, room.match_id, nonsense(receiver)[i as number]?.[1] ?? '');
        signal(creator, room.match_id, offer(receiver.sessionId, 'next'));

        expect(textOf(await receiver.nextData(Op.WEBRTC_PEER_METHOD))).toContain('next');
      },
    );

    test('drops what comes from outside the room', async () => {
      const { room, bots, creator } = await gather(world.host, 2);
      const stranger = await newBot(world.host);

      signal(stranger, room.match_id, offer(creator.sessionId));
      stranger.sendData(room.match_id, Op.JOIN_SUCCESS, JSON.stringify({ players: {} }));

      await settle(stranger, ...bots);
      expect(creator.allData(Op.WEBRTC_PEER_METHOD)).toEqual([]);
      expect(stranger.unread()).toEqual([]);
    });

    test('does not relay from one room into another', async () => {
      const here = await gather(world.host, 2);
      const there = await gather(world.host, 2);

      signal(here.creator, here.room.match_id, offer(there.creator.sessionId));
      signal(here.creator, there.room.match_id, offer(there.creator.sessionId));

      await settle(here.creator, there.creator);
      expect(there.creator.allData(Op.WEBRTC_PEER_METHOD)).toEqual([]);
    });

    test('passes a message of exactly the size allowed and drops one that is a byte longer', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];
      const frame = offer(receiver.sessionId, '').length;
      const fits = offer(receiver.sessionId, 'x'.repeat(16_384 - frame));

      signal(creator, room.match_id, offer(receiver.sessionId, 'x'.repeat(16_384 - frame + 1)));
      signal(creator, room.match_id, fits);

      expect(textOf(await receiver.nextData(Op.WEBRTC_PEER_METHOD))).toBe(fits);
    });

    test('closes only the socket whose frame is over the socket limit', async () => {
      const { room, creator, others } = await gather(world.host, 3);
      const [left, right] = others as [Bot, Bot];

      signal(creator, room.match_id, 'x'.repeat(70_000));

      await creator.closed;
      await left.next('match_presence_event', ({ leaves }) => leaves?.[0]?.session_id === creator.sessionId);
      signal(left, room.match_id, offer(right.sessionId));
      await right.nextData(Op.WEBRTC_PEER_METHOD);
    });

    test('goes on after the room is sealed', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];
      await seal(creator, room.match_id);

      signal(creator, room.match_id, offer(receiver.sessionId));

      await receiver.nextData(Op.WEBRTC_PEER_METHOD);
    });

    test('relays between the others before the creator comes only once they may know each other', async () => {
      const [creator, first, second] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const { match_id } = await createRoom(creator, { max_players: 3 });
      await first.join(match_id);
      await second.join(match_id);
      signal(first, match_id, offer(second.sessionId));
      await settle(first, second);
      expect(second.all('match_data')).toEqual([]);

      await creator.join(match_id);

      await second.nextData(Op.WEBRTC_PEER_METHOD);
      expect(second.all('match_data')[0]?.op_code).toBe(String(Op.JOIN_SUCCESS));
    });
  },
  { config: { 'socket.max_message_size_bytes': '65536' } },
);

describe('relay, ticks later', () => {
  onFake((world) => {
    test('has handed every message over once', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [receiver] = others as [Bot];
      signal(creator, room.match_id, offer(receiver.sessionId));

      await receiver.pause(3000);

      expect(receiver.allData(Op.WEBRTC_PEER_METHOD)).toHaveLength(1);
    });
  });
});
