import {
  candidate,
  createRoom,
  newBots,
  refusalOf,
  seal,
  settle,
  signal,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

const SECRET = 'hush-this-is-coturns';
const ANNOUNCED = { online_match: '1' };
const URL = 'turn:turn.example.org';

let host: RealHost;

beforeAll(async () => {
  host = await RealHost.start({
    env: { ONLINE_MATCH_TURN_URLS: URL, ONLINE_MATCH_TURN_SECRET: SECRET },
  });
}, 60_000);
afterAll(() => host?.stop());

/** Everything that a bot was sent, with the data of matches as text. */
function heardBy(bot: Bot): string {
  const data = bot.all('match_data').map((each) => Buffer.from(each.data ?? '', 'base64').toString());
  return JSON.stringify([bot.inbox.items, data]);
}

test('the TURN secret is in no label, state, log, metric, answer or snapshot, and logins are in those of their owner', async () => {
  const [creator, joiner, addon] = (await newBots(host, 3)) as [Bot, Bot, Bot];
  const { match_id } = await createRoom(creator);
  await creator.join(match_id, ANNOUNCED);
  await joiner.join(match_id, ANNOUNCED);
  await addon.join(match_id);
  await creator.nextData(9010);
  await joiner.nextData(9010);
  const answers = [
    await creator.rpc('get_ice_servers'),
    JSON.stringify(await viewRoom(creator, match_id)),
    await refusalOf(creator.rpc('create_online_match', { secret: 1 })),
    await refusalOf(joiner.rpc('seal_online_match', { match_id, sealed: true })),
    await refusalOf(seal(creator, match_id)),
    (await host.callRpc('backend', 'get_ice_servers')).text,
    await refusalOf(addon.join('nowhere')),
  ];
  signal(creator, match_id, candidate(joiner.sessionId));
  signal(creator, match_id, '{"method":');
  await settle(creator, joiner, addon);
  const state = (await host.consoleStateOf(match_id)).state;
  const labels = JSON.stringify(await host.listMatches());
  const metrics = await (await fetch(`http://127.0.0.1:${host.server.metricsPort}`)).text();
  const bots = [creator, joiner, addon];
  for (const bot of bots) await bot.leave(match_id);

  const places = {
    answers: answers.join('\n'),
    frames: bots.map(heardBy).join('\n'),
    labels,
    log: host.server.log().join('\n'),
    metrics,
    state,
  };
  // That these are the right places to look in.
  expect(places).toEqual({
    answers: expect.stringContaining('"credential"'),
    frames: expect.stringContaining('ice_servers'),
    labels: expect.stringContaining(match_id),
    log: expect.stringContaining('ONLINE_MATCH_TURN_SECRET=***'),
    metrics: expect.stringContaining('nakama'),
    state: expect.stringContaining(creator.account.username),
  });
  const forms = (['utf8', 'base64', 'hex'] as const).map((form) => Buffer.from(SECRET).toString(form));
  for (const [place, text] of Object.entries(places))
    for (const form of forms) expect([place, text.includes(form)]).toEqual([place, false]);

  for (const bot of bots) {
    const logins = [...heardBy(bot).matchAll(/\d{10}:([0-9a-f-]{36})/g)].map((login) => login[1]);
    const own = bot === addon ? [] : [bot.account.userId];
    expect([...new Set(logins)]).toEqual(own);
  }
  for (const text of [places.labels, places.log, places.metrics, places.state])
    expect(text).not.toMatch(/credential|\d{10}:[0-9a-f]{8}-/);
});
