import { onBothHosts } from '../../kit/contract/hosts.ts';
import { gather, newBot, Op, offer, settle, signal } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

const textOf = (data: Parameters<typeof bytesOf>[0]) => bytesOf(data).toString();

const KEYS = Array.from({ length: 200 }, (_, key) => [key, 1]);

/** A reconnect of dialect C. */
function binaryTarget(target: string): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeInt32LE(target.length);
  return new Uint8Array(Buffer.concat([Buffer.from([2]), length, Buffer.from(target), Buffer.from([0])]));
}

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
  [
    'a list of 5,000 in a field that nobody reads',
    offer(receiver.sessionId).replace('}', `,"more":[${'1,'.repeat(5_000)}1]}`),
  ],
  [
    'an object of 200 keys in a field that nobody reads',
    offer(receiver.sessionId).replace('}', `,"more":${JSON.stringify(Object.fromEntries(KEYS))}}`),
  ],
  ['a target of 10,000 letters', JSON.stringify({ method: 'reconnect', target: 'x'.repeat(10_000) })],
  ['a target of 10,000 letters, in binary', binaryTarget('x'.repeat(10_000))],
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
  'hostile messages',
  (world) => {
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
  },
  { config: { 'socket.max_message_size_bytes': '65536' } },
);
