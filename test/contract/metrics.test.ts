import { comeBack, gatherAnnounced, nextView, Own, playerIn } from '../../kit/contract/announced.ts';
import {
  candidate,
  eventually,
  gather,
  newBot,
  Op,
  offer,
  seal,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import { expressions, metricsIn } from '../../kit/metrics/monitoring.ts';
import { isOwn, scrape, seriesOf } from '../../kit/metrics/prometheus.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

const VERSION = '3.1-of-a-game';

/** Metrics are exported once a second, and matches end within some. */
jest.setTimeout(60_000);

describe('on Nakama’s Prometheus endpoint', () => {
  let host: RealHost;
  beforeAll(async () => {
    host = await RealHost.start({ config: { 'match.signal_queue_size': '1' } });
  }, 60_000);
  afterAll(() => host?.stop());

  const ours = async () => (await scrape(host.server.metricsPort)).filter(isOwn);
  const counters = () => host.counters();

  const notZero = (all: Record<string, number>) =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => value > 0));

  test('every counter is there before anything happens, at 0', async () => {
    const all = await counters();
    expect(notZero(all)).toEqual({});
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining([
        'admissions_total',
        'messages_dropped_total{reason=over_budget}',
        'refusals_total{code=match_full,kind=join}',
        'rooms_entered_total{phase=sealed}',
      ]),
    );
  });

  test('a room is counted from its making to its end, with what was refused, passed on and dropped', async () => {
    const { room, bots } = await gather(host, 2, { client_version: VERSION });
    const [creator, other] = bots as [Bot, Bot];
    const late = await newBot(host);

    await expect(late.join(room.match_id, { client_version: '2.9' })).rejects.toThrow('version-mismatch');
    await expect(seal(other, room.match_id)).rejects.toThrow('not-host');
    signal(creator, room.match_id, offer(other.sessionId));
    await other.nextData(Op.WEBRTC_PEER_METHOD);
    signal(creator, room.match_id, offer('nobody-here'));
    other.sendData(room.match_id, 9049, 'x');
    await settle(creator, other);
    await seal(creator, room.match_id);
    await creator.leave(room.match_id);
    await other.leave(room.match_id);

    const found = await eventually(late, counters, (all) => all['rooms_left_total{phase=closed}'] === 1);
    expect(notZero(found)).toMatchObject({
      'rooms_made_total{founding=created}': 1,
      'rooms_entered_total{phase=waiting}': 1,
      'rooms_left_total{phase=waiting}': 1,
      'rooms_entered_total{phase=gathering}': 1,
      'rooms_left_total{phase=gathering}': 1,
      'rooms_entered_total{phase=ready}': 1,
      'rooms_left_total{phase=ready}': 1,
      'rooms_entered_total{phase=sealed}': 1,
      'rooms_left_total{phase=sealed}': 1,
      'rooms_entered_total{phase=closed}': 1,
      'rooms_left_total{phase=closed}': 1,
      admissions_total: 2,
      'refusals_total{code=version_mismatch,kind=join}': 1,
      'refusals_total{code=not_host,kind=request}': 1,
      messages_relayed_total: 1,
      'messages_dropped_total{reason=no_such_target}': 1,
      'messages_dropped_total{reason=unknown_opcode}': 1,
    });
  });

  test('seats that are kept and resumed are counted, and changes of the host', async () => {
    const { matchId, bots } = await gatherAnnounced(host, 2);
    const [red, blue] = bots as [Bot, Bot];
    blue.terminate();
    await nextView(red, (view) => playerIn(view, 2).away === true);
    const back = await comeBack(host, blue, matchId, 2);
    await red.leave(matchId);
    await nextView(back, ({ host: office }) => office?.term === 2);
    const found = await eventually(back, counters, (all) => all.host_changes_total === 1);
    expect(notZero(found)).toMatchObject({ seats_kept_total: 1, seats_resumed_total: 1 });
    await back.leave(matchId);
  });

  test('the time to gather is in seconds, by how the room was made', async () => {
    const samples = await ours();
    const value = (series: string) => samples.find((sample) => seriesOf(sample) === series)?.value;
    expect(value('gathering_seconds_count{founding=created}')).toBe(2);
    expect(value('gathering_seconds_sum{founding=created}')).toBeGreaterThan(0.001);
    expect(value('gathering_seconds_sum{founding=created}')).toBeLessThan(60);
  });

  test('frames through the server are counted, their bytes, and who is told to wait', async () => {
    const { matchId, bots } = await gatherAnnounced(host, 2, {}, { online_match: '1', can: 'fallback' });
    const [red, blue] = bots as [Bot, Bot];
    const before = await counters();
    const to = [{ session_id: blue.sessionId }];
    for (let sent = 0; sent < 3; sent++)
      red.sendData(matchId, Own.FALLBACK, new Uint8Array(16_000).fill(1), to);
    await red.nextData(Own.SLOW_DOWN);
    const found = await eventually(blue, counters, (all) => all.fallback_slow_downs_total !== 0);
    expect([before.fallback_messages_total, found.fallback_messages_total]).toEqual([0, 2]);
    expect(found).toMatchObject({ fallback_bytes_total: 32_000, fallback_slow_downs_total: 1 });
    for (const bot of bots) await bot.leave(matchId);
  });

  test('messages that meet a full signal queue are counted', async () => {
    const { room, bots, creator } = await gather(host, 8);
    const crowd = async () => {
      // The match is asked about those alone that nobody is there for.
      for (const from of bots) {
        for (const _ of bots) signal(from, room.match_id, candidate(crypto.randomUUID()));
      }
      await settle(...bots);
      return (await counters())['signals_waited_total{signal=data}'] ?? 0;
    };
    expect(await eventually(creator, crowd, (waited) => waited > 0)).toBeGreaterThan(0);
  });

  test('all that the dashboard and the alerts ask for is there', async () => {
    // Prometheus itself says of each target whether it is up.
    const exported = new Set(['up', ...(await scrape(host.server.metricsPort)).map(({ name }) => name)]);
    const asked = new Set(expressions.flatMap(metricsIn));
    expect([...asked].filter((name) => !exported.has(name))).toEqual([]);
  });

  test('no tag says who, which match or which version', async () => {
    const samples = await ours();
    const tags = new Set(samples.flatMap((sample) => Object.keys(sample.tags)));
    expect([...tags].sort()).toEqual([
      'answer',
      'code',
      'founding',
      'kind',
      'node_name',
      'outcome',
      'phase',
      'quantile',
      'reason',
      'signal',
      'way',
      'why',
    ]);
    const words = samples.flatMap(({ tags: { node_name: _node, quantile: _quantile, ...rest } }) =>
      Object.values(rest),
    );
    expect(words.filter((word) => !/^[a-z]+(_[a-z]+)*$/.test(word))).toEqual([]);
    expect(words.join(' ')).not.toMatch(/player_|of_a_game/);
  });
});
