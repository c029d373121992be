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

/** All that is to be had of a server, by where it is. */
async function placesOf(matchId: string, bots: readonly Bot[], answers: readonly string[]) {
  return {
    answers: answers.join('\n'),
    frames: bots.map(heardBy).join('\n'),
    labels: JSON.stringify(await host.listMatches()),
    log: host.server.log().join('\n'),
    metrics: await (await fetch(`http://127.0.0.1:${host.server.metricsPort}`)).text(),
    state: (await host.consoleStateOf(matchId)).state,
  };
}

function expectNowhere(secret: string, places: Readonly<Record<string, string>>): void {
  const forms = (['utf8', 'base64', 'base64url', 'hex'] as const).map((form) =>
    Buffer.from(secret).toString(form),
  );
  for (const [place, text] of Object.entries(places))
    for (const form of forms) expect([place, form, text.includes(form)]).toEqual([place, form, false]);
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
  const bots = [creator, joiner, addon];
  const places = await placesOf(match_id, bots, answers);
  for (const bot of bots) await bot.leave(match_id);

  // That these are the right places to look in.
  expect(places).toEqual({
    answers: expect.stringContaining('"credential"'),
    frames: expect.stringContaining('ice_servers'),
    labels: expect.stringContaining(match_id),
    log: expect.stringContaining('ONLINE_MATCH_TURN_SECRET=***'),
    metrics: expect.stringContaining('nakama'),
    state: expect.stringContaining(creator.account.username),
  });
  expectNowhere(SECRET, places);

  for (const bot of bots) {
    const logins = [...heardBy(bot).matchAll(/\d{10}:([0-9a-f-]{36})/g)].map((login) => login[1]);
    const own = bot === addon ? [] : [bot.account.userId];
    expect([...new Set(logins)]).toEqual(own);
  }
  for (const text of [places.labels, places.log, places.metrics, places.state])
    expect(text).not.toMatch(/credential|\d{10}:[0-9a-f]{8}-/);
});

test('a password, and what it is checked with, is in no label, state, log, metric, answer or snapshot', async () => {
  const passwords = [
    'swordfish-of-the-first-room',
    'lobster-of-the-second-time',
    'wrong-guess-of-a-stranger',
  ] as const;
  const [first, second, wrong] = passwords;
  const [creator, joiner, unlocker] = (await newBots(host, 3)) as [Bot, Bot, Bot];
  const { match_id, ...room } = await createRoom(creator, { password: first, visibility: 'public' });
  await creator.join(match_id, ANNOUNCED);
  await joiner.join(match_id, { ...ANNOUNCED, password: first });
  await creator.nextData(9010);
  const answers = [
    JSON.stringify(room),
    await refusalOf(unlocker.join(match_id, { password: wrong })),
    await refusalOf(unlocker.rpc('unlock_online_match', { match_id, password: wrong })),
    await refusalOf(unlocker.rpc('unlock_online_match', { match_id, password: [wrong] })),
    await unlocker.rpc('unlock_online_match', { match_id, password: first }),
    await creator.rpc('update_online_match', { match_id, password: second }),
    await refusalOf(creator.rpc('update_online_match', { match_id, password: second, x: 1 })),
    await refusalOf(creator.rpc('create_online_match', { password: second.repeat(9) })),
    await creator.rpc('list_online_matches'),
    JSON.stringify(await viewRoom(creator, match_id)),
  ];
  await unlocker.join(match_id, { password: second });
  await settle(creator, joiner, unlocker);

  const places = await placesOf(match_id, [creator, joiner, unlocker], answers);
  expect(places.answers).toContain('"has_password":true');
  expect(places.state).toContain('hasPassword');
  for (const password of passwords) expectNowhere(password, places);
  // Nor 32 bytes of anything: a salt, a hash.
  for (const place of [places.labels, places.state, places.answers]) {
    expect(place).not.toMatch(/[A-Za-z0-9+/]{43}=|[0-9a-f]{64}/);
  }
});
