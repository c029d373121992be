import { onFake, onReal, type World } from '../../kit/contract/hosts.ts';
import {
  answer,
  candidate,
  createRoom,
  gather,
  newBots,
  Op,
  offer,
  rosterOf,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf, type MatchData } from '../../kit/players/wire.ts';

/** As long as a browser's description of one data channel. */
const SDP = 'a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host\r\n'.repeat(20);
const CANDIDATES = 12;

/** What one member sends another: a description, then its candidates. */
function messagesOf(from: Bot, to: Bot): string[] {
  const [a, b] = [from.sessionId, to.sessionId];
  const description = a < b ? offer : answer;
  const candidates = Array.from({ length: CANDIDATES }, (_, i) => candidate(b, `candidate:${i} of ${a}`));
  return [description(b, `${SDP}from ${a}`), ...candidates];
}

/** Everybody connects to everybody, as the addon does: whoever gets an offer answers it. */
function connectAll(bots: Bot[], matchId: string): void {
  const sendAll = (from: Bot, to: Bot) => {
    for (const text of messagesOf(from, to)) signal(from, matchId, text);
  };
  for (const to of bots) {
    to.onData(Op.WEBRTC_PEER_METHOD, (data) => {
      const from = bots.find(({ sessionId }) => sessionId === data.presence?.session_id);
      if (from && bytesOf(data).includes('"type":"offer"')) sendAll(to, from);
    });
  }
  for (const from of bots) for (const to of bots) if (from.sessionId < to.sessionId) sendAll(from, to);
}

const isFrom = (bot: Bot) => (data: MatchData) => data.presence?.session_id === bot.sessionId;

async function expectEverything(bots: Bot[]): Promise<void> {
  const count = (bots.length - 1) * (CANDIDATES + 1);
  for (const bot of bots) for (let i = 0; i < count; i++) await bot.nextData(Op.WEBRTC_PEER_METHOD);
  await settle(...bots);
  for (const to of bots) {
    const arrived = to.allData(Op.WEBRTC_PEER_METHOD);
    expect(arrived).toHaveLength(count);
    for (const from of bots.filter((bot) => bot !== to)) {
      const received = arrived.filter(isFrom(from));
      expect(received.map((data) => bytesOf(data).toString())).toEqual(messagesOf(from, to));
      for (const { presence } of received) expect(presence).toEqual(from.self);
    }
  }
}

/** Nakama's own defaults: queues of 10 signals, 128 inputs a tick, 64 messages out. */
const options = { configFile: null };

const connecting = (world: World) => {
  test.each([8, 16])('loses nothing between %d players', async (players) => {
    const { room, bots } = await gather(world.host, players);

    connectAll(bots, room.match_id);

    await expectEverything(bots);
  });

  test('loses nothing while the players still come in', async () => {
    const bots = await newBots(world.host, 8);
    const { match_id } = await createRoom(bots[0] as Bot, { max_players: 8 });
    await Promise.all(bots.map((bot) => bot.join(match_id)));

    connectAll(bots, match_id);

    await Promise.all(bots.map((bot) => rosterOf(bot, 8)));
    await expectEverything(bots);
    for (const bot of bots) expect(bot.all('match_data')[0]?.op_code).toBe(String(Op.JOIN_SUCCESS));
  });
};

describe('everybody connecting to everybody on default queues', () => {
  onFake(connecting, options, [1]);
  onReal(connecting, options);
});

describe('with a signal queue that is often full', () => {
  onFake(
    (world) => {
      test('loses nothing and keeps the order of every pair', async () => {
        const { room, bots } = await gather(world.host, 4);

        connectAll(bots, room.match_id);

        await expectEverything(bots);
      });
    },
    { chaos: { busy: 0.2 } },
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
});
