import { onBothHosts, onFake } from '../../kit/contract/hosts.ts';
import {
  answer,
  candidate,
  createRoom,
  gather,
  newBots,
  Op,
  offer,
  seal,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

const textOf = (data: Parameters<typeof bytesOf>[0]) => bytesOf(data).toString();

onBothHosts('relay', (world) => {
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
});

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
