import { contextWith, inNewVm } from '../../../kit/match/nk.ts';
import {
  describeSettings,
  parseSettings,
  rulesFor,
  SETTINGS,
  type settingsIn,
} from '../../../src/nakama/server/settings.ts';

const DEFAULTS = {
  ONLINE_MATCH_MIN_PLAYERS: 2,
  ONLINE_MATCH_MAX_PLAYERS: 16,
  ONLINE_MATCH_DEFAULT_MIN_PLAYERS: 2,
  ONLINE_MATCH_DEFAULT_MAX_PLAYERS: 4,
  ONLINE_MATCH_DEFAULT_VERSION: 'dev',
  ONLINE_MATCH_VERSION_POLICY: 'known',
  ONLINE_MATCH_ADOPT_MATCHMAKER: 'all',
  ONLINE_MATCH_ADOPT_MATCH_CREATE: 'all',
  ONLINE_MATCH_CREATOR_SEC: 30,
  ONLINE_MATCH_SEAT_SEC: 15,
  ONLINE_MATCH_EMPTY_SEC: 60,
  ONLINE_MATCH_UNJOINED_SEC: 60,
  ONLINE_MATCH_NO_SHOW_SEC: 10,
  ONLINE_MATCH_MAX_MESSAGE_BYTES: 16384,
  ONLINE_MATCH_DESCRIPTION_BURST: 4,
  ONLINE_MATCH_CANDIDATE_BURST: 64,
  ONLINE_MATCH_REJECT_BURST: 256,
  ONLINE_MATCH_REFILL_SEC: 10,
  ONLINE_MATCH_HELD_MESSAGES: 256,
  ONLINE_MATCH_WAITING_ROOMS: 4,
  ONLINE_MATCH_CREATIONS_PER_MINUTE: 20,
  ONLINE_MATCH_ROOMS_PER_USER: 20,
  ONLINE_MATCH_LINK_SEC: 20,
  ONLINE_MATCH_MATCH_LISTING: 'authoritative',
  ONLINE_MATCH_REQUESTS_PER_MINUTE: 60,
  ONLINE_MATCH_INVITATIONS_PER_MINUTE: 32,
  ONLINE_MATCH_WRONG_CODES_PER_MINUTE: 10,
  ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: 5,
  ONLINE_MATCH_AWAY_SEC: 30,
  ONLINE_MATCH_BACKGROUND_SEC: 120,
  ONLINE_MATCH_CHECKPOINT_BYTES: 16384,
  ONLINE_MATCH_FALLBACK_BYTES_PER_SEC: 16384,
  ONLINE_MATCH_FALLBACK_MESSAGES_PER_SEC: 60,
  ONLINE_MATCH_FALLBACK_NODE_BYTES_PER_SEC: 1_048_576,
  ONLINE_MATCH_STUN_URLS: [],
  ONLINE_MATCH_TURN_URLS: [],
  ONLINE_MATCH_TURN_SECRET: '',
  ONLINE_MATCH_TURN_TTL_SEC: 3600,
  ONLINE_MATCH_TURN_USERNAME: '',
  ONLINE_MATCH_TURN_CREDENTIAL: '',
};

const BOUNDS: Record<string, readonly [number, number]> = {
  ONLINE_MATCH_MIN_PLAYERS: [1, 64],
  ONLINE_MATCH_MAX_PLAYERS: [2, 64],
  ONLINE_MATCH_DEFAULT_MIN_PLAYERS: [1, 64],
  ONLINE_MATCH_DEFAULT_MAX_PLAYERS: [2, 64],
  ONLINE_MATCH_CREATOR_SEC: [1, 600],
  ONLINE_MATCH_SEAT_SEC: [1, 600],
  ONLINE_MATCH_EMPTY_SEC: [1, 3600],
  ONLINE_MATCH_UNJOINED_SEC: [1, 3600],
  ONLINE_MATCH_NO_SHOW_SEC: [1, 600],
  ONLINE_MATCH_MAX_MESSAGE_BYTES: [1024, 49152],
  ONLINE_MATCH_DESCRIPTION_BURST: [1, 64],
  ONLINE_MATCH_CANDIDATE_BURST: [1, 1024],
  ONLINE_MATCH_REJECT_BURST: [16, 1_000_000],
  ONLINE_MATCH_REFILL_SEC: [1, 600],
  ONLINE_MATCH_HELD_MESSAGES: [1, 4096],
  ONLINE_MATCH_WAITING_ROOMS: [1, 1000],
  ONLINE_MATCH_CREATIONS_PER_MINUTE: [1, 1000],
  ONLINE_MATCH_ROOMS_PER_USER: [1, 1000],
  ONLINE_MATCH_LINK_SEC: [1, 600],
  ONLINE_MATCH_REQUESTS_PER_MINUTE: [1, 100_000],
  ONLINE_MATCH_INVITATIONS_PER_MINUTE: [1, 100_000],
  ONLINE_MATCH_WRONG_CODES_PER_MINUTE: [1, 100_000],
  ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: [1, 100_000],
  ONLINE_MATCH_AWAY_SEC: [0, 3600],
  ONLINE_MATCH_BACKGROUND_SEC: [0, 3600],
  ONLINE_MATCH_CHECKPOINT_BYTES: [0, 49152],
  ONLINE_MATCH_FALLBACK_BYTES_PER_SEC: [0, 1_000_000],
  ONLINE_MATCH_FALLBACK_MESSAGES_PER_SEC: [1, 1000],
  ONLINE_MATCH_FALLBACK_NODE_BYTES_PER_SEC: [1024, 100_000_000],
  ONLINE_MATCH_TURN_TTL_SEC: [60, 86400],
};

/** Wide player counts, so that one of them can be set alone. */
const WIDE = {
  ONLINE_MATCH_MIN_PLAYERS: '1',
  ONLINE_MATCH_DEFAULT_MIN_PLAYERS: '1',
  ONLINE_MATCH_DEFAULT_MAX_PLAYERS: '64',
  ONLINE_MATCH_MAX_PLAYERS: '64',
};

const parsed = (key: string, text: string) => SETTINGS[key as keyof typeof SETTINGS].parse(text);

test('without settings every one has its default, and other modules’ keys are left alone', () => {
  expect(parseSettings({})).toEqual(DEFAULTS);
  expect(parseSettings({ GAME: '1', ONLINE: '2', online_match_seat_sec: '3' })).toEqual(DEFAULTS);
});

test('every number has its bounds tested here', () => {
  const numbers = Object.entries(DEFAULTS).filter(([, value]) => typeof value === 'number');
  expect(Object.keys(BOUNDS).sort()).toEqual(numbers.map(([key]) => key).sort());
});

test.each(Object.entries(BOUNDS))('%s takes whole numbers within its bounds', (key, [lowest, highest]) => {
  expect([parsed(key, `${lowest}`), parsed(key, `${highest}`)]).toEqual([lowest, highest]);
  for (const wrong of [`${lowest - 1}`, `${highest + 1}`]) {
    expect(() => parseSettings({ ...WIDE, [key]: wrong })).toThrow(
      `${key} is "${wrong}": allowed are whole numbers from ${lowest} to ${highest}.`,
    );
  }
});

test.each(['', ' ', '3 ', '+3', '-3', '3.0', '3e0', '0x3', 'three', '٣', 'Infinity', '99999999999'])(
  'a number is written in digits, not as %j',
  (text) => {
    expect(() => parseSettings({ ONLINE_MATCH_SEAT_SEC: text })).toThrow('ONLINE_MATCH_SEAT_SEC is ');
  },
);

test.each([
  ['ONLINE_MATCH_VERSION_POLICY', ['known', 'required'], '"known", "required"'],
  ['ONLINE_MATCH_ADOPT_MATCHMAKER', ['all', 'marked', 'off'], '"all", "marked", "off"'],
  ['ONLINE_MATCH_ADOPT_MATCH_CREATE', ['all', 'marked', 'off'], '"all", "marked", "off"'],
] as const)('%s is one of its words', (key, words, allowed) => {
  for (const word of words) expect(parseSettings({ [key]: word })).toMatchObject({ [key]: word });
  for (const wrong of ['', 'Known', 'ALL']) {
    expect(() => parseSettings({ [key]: wrong })).toThrow(`${key} is "${wrong}": allowed are ${allowed}.`);
  }
});

test('the default version is any text that can be one, the empty one too', () => {
  for (const version of ['', '1=2', 'v'.repeat(64)]) {
    expect(parseSettings({ ONLINE_MATCH_DEFAULT_VERSION: version }).ONLINE_MATCH_DEFAULT_VERSION).toBe(
      version,
    );
  }
  expect(() => parseSettings({ ONLINE_MATCH_DEFAULT_VERSION: 'v'.repeat(65) })).toThrow(
    'allowed are texts of at most 64 characters.',
  );
});

test('STUN servers are urls, separated by commas', () => {
  const read = (text: string) => parseSettings({ ONLINE_MATCH_STUN_URLS: text }).ONLINE_MATCH_STUN_URLS;
  expect(read('stun:a.org:3478, stuns:b.org')).toEqual(['stun:a.org:3478', 'stuns:b.org']);
  expect(read('')).toEqual([]);
  for (const wrong of ['a.org', 'stun:a.org,turn:b.org']) {
    expect(() => read(wrong)).toThrow(
      `ONLINE_MATCH_STUN_URLS is "${wrong}": allowed are urls that begin with stun: or stuns:, separated by commas.`,
    );
  }
});

test('an unknown key is named, with those that there are', () => {
  expect(() => parseSettings({ ONLINE_MATCH_SAET_SEC: '1' })).toThrow(
    /^ONLINE_MATCH_SAET_SEC is not a setting of this module; the nearest is ONLINE_MATCH_SEAT_SEC\.$/,
  );
});

test.each([
  [{ ONLINE_MATCH_MIN_PLAYERS: '3' }, 'ONLINE_MATCH_MIN_PLAYERS (3)', 'ONLINE_MATCH_DEFAULT_MIN_PLAYERS (2)'],
  [
    { ONLINE_MATCH_DEFAULT_MIN_PLAYERS: '5' },
    'ONLINE_MATCH_DEFAULT_MIN_PLAYERS (5)',
    'ONLINE_MATCH_DEFAULT_MAX_PLAYERS (4)',
  ],
  [{ ONLINE_MATCH_MAX_PLAYERS: '3' }, 'ONLINE_MATCH_DEFAULT_MAX_PLAYERS (4)', 'ONLINE_MATCH_MAX_PLAYERS (3)'],
])('settings that contradict each other are named: %j', (env, smaller, larger) => {
  expect(() => parseSettings(env)).toThrow(`${smaller} must not be above ${larger}.`);
});

test('settings that are equal do not contradict each other', () => {
  const env = Object.fromEntries(Object.keys(WIDE).map((key) => [key, '5']));
  expect(parseSettings(env)).toMatchObject({ ONLINE_MATCH_MIN_PLAYERS: 5, ONLINE_MATCH_MAX_PLAYERS: 5 });
});

test('everything that is wrong is told at once', () => {
  const env = { ONLINE_MATCH_SEAT_SEC: '0', ONLINE_MATCH_EMPTY_SEC: 'x', ONLINE_MATCH_X: '' };
  expect(() => parseSettings(env)).toThrow(
    /ONLINE_MATCH_X .*ONLINE_MATCH_SEAT_SEC .*ONLINE_MATCH_EMPTY_SEC /,
  );
});

test('settings are read once in each VM', () => {
  const read = inNewVm(
    () => require('../../../src/nakama/server/settings.ts').settingsIn as typeof settingsIn,
  );
  const settings = read(contextWith({ env: { ONLINE_MATCH_SEAT_SEC: '7' } }));
  expect(settings.ONLINE_MATCH_SEAT_SEC).toBe(7);
  expect(read(contextWith())).toBe(settings);
});

test('the effective settings are one line', () => {
  const line = describeSettings(parseSettings({ ONLINE_MATCH_SEAT_SEC: '7' }));
  expect(line).toContain('ONLINE_MATCH_SEAT_SEC=7 ONLINE_MATCH_EMPTY_SEC=60');
  expect(line).not.toContain('\n');
});

test('the rules of a room are the settings, each in its place', () => {
  const keys = Object.keys(BOUNDS);
  const env = Object.fromEntries(keys.map((key) => [key, `${BOUNDS[key]?.[1]}`]));
  const counts = { minPlayers: 3, maxPlayers: 5, onHostLeft: 'close', topology: 'star' } as const;
  expect(rulesFor(parseSettings({ ...env, ONLINE_MATCH_VERSION_POLICY: 'required' }), counts)).toEqual({
    minPlayers: 3,
    maxPlayers: 5,
    onHostLeft: 'close',
    topology: 'star',
    versionPolicy: 'required',
    defaultVersion: 'dev',
    seatTicks: 600,
    creatorTicks: 600,
    emptyTicks: 3600,
    unjoinedTicks: 3600,
    noShowTicks: 600,
    linkTicks: 600,
    maxMessageBytes: 49152,
    descriptionBurst: 64,
    candidateBurst: 1024,
    rejectBurst: 1_000_000,
    refillTicks: 600,
    heldMessages: 4096,
    awayTicks: 3600,
    backgroundTicks: 3600,
    checkpointBytes: 49152,
    fallbackBytesPerSec: 1_000_000,
    fallbackMessagesPerSec: 1000,
    fallbackNodeBytesPerSec: 100_000_000,
  });
});

const TURN = {
  ONLINE_MATCH_TURN_URLS: 'turn:a:3478?transport=udp, turns:a:443',
  ONLINE_MATCH_TURN_SECRET: 'hush',
};

describe('TURN servers', () => {
  const { ONLINE_MATCH_TURN_URLS } = TURN;
  const LOGIN = { ONLINE_MATCH_TURN_USERNAME: 'user', ONLINE_MATCH_TURN_CREDENTIAL: 'key' };

  test.each([
    ['a shared secret', { ONLINE_MATCH_TURN_SECRET: 'hush' }],
    ['one login', LOGIN],
  ])('have %s', (_, login) => {
    const settings = parseSettings({ ONLINE_MATCH_TURN_URLS, ...login });
    expect(settings.ONLINE_MATCH_TURN_URLS).toEqual(['turn:a:3478?transport=udp', 'turns:a:443']);
  });

  test.each([
    [
      'neither',
      {},
      'ONLINE_MATCH_TURN_URLS needs ONLINE_MATCH_TURN_SECRET, or ONLINE_MATCH_TURN_USERNAME and ONLINE_MATCH_TURN_CREDENTIAL.',
    ],
    [
      'half a login',
      { ONLINE_MATCH_TURN_USERNAME: 'user' },
      'ONLINE_MATCH_TURN_USERNAME and ONLINE_MATCH_TURN_CREDENTIAL need each other.',
    ],
    [
      'both',
      { ...LOGIN, ONLINE_MATCH_TURN_SECRET: 'hush' },
      'ONLINE_MATCH_TURN_SECRET and ONLINE_MATCH_TURN_USERNAME are two ways to log in: set one of them.',
    ],
  ])('cannot have %s', (_, login, sentence) => {
    expect(() => parseSettings({ ONLINE_MATCH_TURN_URLS, ...login })).toThrow(sentence);
  });

  test('show the login’s name in the log, and not what goes with it', () => {
    const line = describeSettings(parseSettings({ ONLINE_MATCH_TURN_URLS, ...LOGIN }));
    expect(line).toContain('ONLINE_MATCH_TURN_USERNAME=user ONLINE_MATCH_TURN_CREDENTIAL=***');
  });
});

test('a secret is told neither by the line in the log nor by an error', () => {
  expect(describeSettings(parseSettings(TURN))).toMatch(/ ONLINE_MATCH_TURN_SECRET=\*\*\* /);
  expect(describeSettings(parseSettings({}))).toMatch(/ ONLINE_MATCH_TURN_SECRET= /);
  const long = 'hush'.repeat(65);
  expect(() => parseSettings({ ONLINE_MATCH_TURN_SECRET: long })).toThrow(
    'ONLINE_MATCH_TURN_SECRET is wrong: allowed are texts of at most 256 characters.',
  );
});
