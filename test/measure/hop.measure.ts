import type { Bot } from '../support/bot.ts';
import { RealHost } from '../support/real-nakama.ts';

const ROUNDS = 5;
const WARM_UP = 50;
const HOPS = 400;

/** As a real client's: a candidate is most of what is signalled. */
const candidateFor = (target: string) =>
  JSON.stringify({
    method: 'add_ice_candidate',
    target,
    media: '0',
    index: 0,
    name: 'candidate:2 1 UDP 2116026111 192.0.2.2 36692 typ host',
  });

test('one message from socket to socket, through a room and through a relayed match', async () => {
  const host = await RealHost.start({
    env: { ONLINE_MATCH_CANDIDATE_BURST: '1024', ONLINE_MATCH_REFILL_SEC: '1' },
  });
  const rows: string[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const relayed = await hops(
      host,
      async (creator) => (await creator.createMatch(`hops ${round}`)).match_id,
    );
    const room = await hops(host, async (creator) => {
      const { match_id } = JSON.parse(await creator.rpc('create_online_match'));
      await creator.join(match_id);
      return match_id;
    });
    const ratio = (median(room) / median(relayed)).toFixed(2);
    rows.push(`${round}     ${row(relayed)}     ${row(room)}     ${ratio}`);
  }
  await host.stop();
  console.log(['round   relayed p50   p99      room p50   p99      ratio of p50 (ms)', ...rows].join('\n'));
});

/** The times of hops from one player to another, one after the other, sorted, in ms. */
async function hops(host: RealHost, make: (creator: Bot) => Promise<string>): Promise<number[]> {
  const creator = await host.connect(await host.signIn());
  const joiner = await host.connect(await host.signIn());
  const matchId = await make(creator);
  await joiner.join(matchId);
  const message = candidateFor(joiner.sessionId);
  const times: number[] = [];
  for (let hop = 0; hop < WARM_UP + HOPS; hop++) {
    const sent = performance.now();
    creator.sendData(matchId, 9001, message);
    await joiner.nextData(9001);
    if (hop >= WARM_UP) times.push(performance.now() - sent);
  }
  return times.sort((a, b) => a - b);
}

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
const median = (sorted: number[]) => at(sorted, 0.5);
const row = (sorted: number[]) => `${median(sorted).toFixed(2)}          ${at(sorted, 0.99).toFixed(2)}`;
