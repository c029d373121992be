import { onFake } from '../../kit/contract/hosts.ts';
import { createRoom, enter, newBot, refusalOf } from '../../kit/contract/steps.ts';
import { bareTicket, matched } from '../../kit/contract/tickets.ts';
import { FakeHost } from '../../kit/fake-nakama/index.ts';
import type { Host, HostOptions } from '../../kit/servers/host.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';

/** Settings that stop the server, and the sentence that says why. */
const wrong: [Record<string, string>, string][] = [
  [{ ONLINE_MATCH_SEAT_SEC: '0' }, 'ONLINE_MATCH_SEAT_SEC is "0": allowed are whole numbers from 1 to 600'],
  [
    { ONLINE_MATCH_SEAT_SEC: '601' },
    'ONLINE_MATCH_SEAT_SEC is "601": allowed are whole numbers from 1 to 600',
  ],
  [
    { ONLINE_MATCH_SEAT_SEC: '1.5' },
    'ONLINE_MATCH_SEAT_SEC is "1.5": allowed are whole numbers from 1 to 600',
  ],
  [{ ONLINE_MATCH_SEAT_SEC: '' }, 'ONLINE_MATCH_SEAT_SEC is "": allowed are whole numbers from 1 to 600'],
  [
    { ONLINE_MATCH_SEAT_SEC: '1e1' },
    'ONLINE_MATCH_SEAT_SEC is "1e1": allowed are whole numbers from 1 to 600',
  ],
  [{ ONLINE_MATCH_MAX_MESSAGE_BYTES: '50000' }, 'allowed are whole numbers from 1024 to 49152'],
  [
    { ONLINE_MATCH_VERSION_POLICY: 'strict' },
    'ONLINE_MATCH_VERSION_POLICY is "strict": allowed are "known", "required"',
  ],
  [
    { ONLINE_MATCH_ADOPT_MATCHMAKER: 'yes' },
    'ONLINE_MATCH_ADOPT_MATCHMAKER is "yes": allowed are "all", "marked", "off"',
  ],
  [{ ONLINE_MATCH_DEFAULT_VERSION: 'v'.repeat(65) }, 'ONLINE_MATCH_DEFAULT_VERSION'],
  [{ ONLINE_MATCH_DEFAULT_MAX_PLAYERS: '17' }, 'ONLINE_MATCH_DEFAULT_MAX_PLAYERS'],
  [{ ONLINE_MATCH_MIN_PLAYERS: '5', ONLINE_MATCH_MAX_PLAYERS: '4' }, 'ONLINE_MATCH_M'],
  [{ ONLINE_MATCH_SAET_SEC: '1' }, 'ONLINE_MATCH_SAET_SEC is not a setting of this module; '],
  [{ ONLINE_MATCH_ZZZ: '1' }, 'ONLINE_MATCH_ZZZ is not a setting of this module'],
];

const failureOf = (start: () => Promise<Host>): Promise<string> =>
  start().then(
    async (host) => {
      await host.stop();
      return 'started';
    },
    (error: Error) => error.message,
  );

describe('settings', () => {
  const startFake = async (options: HostOptions) => new FakeHost({ ...options, seed: 1 });

  test.each(wrong)('%j stops the fake Nakama with a sentence', async (env, sentence) => {
    expect(await failureOf(() => startFake({ env }))).toContain(sentence);
  });

  test.each([wrong[0], wrong[11]] as typeof wrong)(
    '%j stops a real Nakama with that sentence',
    async (env, sentence) => {
      expect(await failureOf(() => RealHost.start({ env }))).toContain(sentence);
    },
  );

  test('of other modules are none of ours', async () => {
    const host = await startFake({ env: { GAME_KEY: 'secret', ONLINE_MATCHES: '1' } });
    expect(host.server.logged.join('\n')).not.toContain('secret');
    await host.stop();
  });

  test('are logged in one line', async () => {
    const host = await startFake({ env: { ONLINE_MATCH_SEAT_SEC: '7' } });
    const lines = host.server.logged.filter((line) => line.includes('ONLINE_MATCH_'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^info .*ONLINE_MATCH_SEAT_SEC\W+7\b/);
    expect(lines[0]).toMatch(/ONLINE_MATCH_CREATIONS_PER_MINUTE\W+20\b/);
    await host.stop();
  });
});

describe('settings in effect', () => {
  onFake(
    (world) => {
      test('bound the rooms that players may ask for, and say what they get otherwise', async () => {
        const bot = await newBot(world.host);

        expect(await createRoom(bot)).toMatchObject({ min_players: 1, max_players: 6 });
        expect(await createRoom(bot, { min_players: 8, max_players: 8 })).toMatchObject({ max_players: 8 });
        expect(await refusalOf(createRoom(bot, { max_players: 9 }))).toMatch(/^bad-request: .*max_players/);
      });

      test('give rooms without a version theirs', async () => {
        const bot = await newBot(world.host);

        expect((await enter(bot, (await createRoom(bot)).match_id)).client_version).toBe('7.0');
      });

      test('leave every ticket to Nakama when adopting is off', async () => {
        const ticket = bareTicket(2, 40);
        const [, [result]] = await matched(world.host, 40, ticket);

        expect(result?.match_id).toBeUndefined();
        expect(result?.users[0]).toMatchObject({ string_properties: ticket.string_properties });
        expect(Object.keys(result?.users[0]?.string_properties ?? {})).toEqual(['pool']);
      });
    },
    {
      env: {
        ONLINE_MATCH_MIN_PLAYERS: '1',
        ONLINE_MATCH_MAX_PLAYERS: '8',
        ONLINE_MATCH_DEFAULT_MIN_PLAYERS: '1',
        ONLINE_MATCH_DEFAULT_MAX_PLAYERS: '6',
        ONLINE_MATCH_DEFAULT_VERSION: '7.0',
        ONLINE_MATCH_ADOPT_MATCHMAKER: 'off',
      },
    },
  );
});
