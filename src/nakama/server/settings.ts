import { isVersion, MAX_VERSION_LENGTH } from '../../protocol/version.ts';
import { type Rules, TICKS_PER_SECOND } from '../../room/room.ts';
import type { Bounds, Terms } from '../../room/terms.ts';
import { nearest } from './nearest.ts';

/** What one setting may be. */
interface Spec<T> {
  readonly fallback: T;
  readonly allowed: string;
  readonly parse: (text: string) => T | null;
  readonly isSecret?: true;
}

/** Every setting of the module: a key of `runtime.env` in Nakama's configuration. */
export const SETTINGS = {
  ONLINE_MATCH_MIN_PLAYERS: wholeNumber(2, 1, 64),
  ONLINE_MATCH_MAX_PLAYERS: wholeNumber(16, 2, 64),
  ONLINE_MATCH_DEFAULT_MIN_PLAYERS: wholeNumber(2, 1, 64),
  ONLINE_MATCH_DEFAULT_MAX_PLAYERS: wholeNumber(4, 2, 64),
  ONLINE_MATCH_DEFAULT_VERSION: version('dev'),
  ONLINE_MATCH_VERSION_POLICY: oneOf('known', 'required'),
  ONLINE_MATCH_ADOPT_MATCHMAKER: oneOf('all', 'marked', 'off'),
  ONLINE_MATCH_ADOPT_MATCH_CREATE: oneOf('all', 'marked', 'off'),
  ONLINE_MATCH_CREATOR_SEC: wholeNumber(30, 1, 600),
  ONLINE_MATCH_SEAT_SEC: wholeNumber(15, 1, 600),
  ONLINE_MATCH_EMPTY_SEC: wholeNumber(60, 1, 3600),
  ONLINE_MATCH_UNJOINED_SEC: wholeNumber(60, 1, 3600),
  ONLINE_MATCH_NO_SHOW_SEC: wholeNumber(10, 1, 600),
  ONLINE_MATCH_MAX_MESSAGE_BYTES: wholeNumber(16384, 1024, 49152),
  ONLINE_MATCH_DESCRIPTION_BURST: wholeNumber(4, 1, 64),
  ONLINE_MATCH_CANDIDATE_BURST: wholeNumber(64, 1, 1024),
  ONLINE_MATCH_REJECT_BURST: wholeNumber(256, 16, 1_000_000),
  ONLINE_MATCH_REFILL_SEC: wholeNumber(10, 1, 600),
  ONLINE_MATCH_HELD_MESSAGES: wholeNumber(256, 1, 4096),
  ONLINE_MATCH_WAITING_ROOMS: wholeNumber(4, 1, 1000),
  ONLINE_MATCH_CREATIONS_PER_MINUTE: wholeNumber(20, 1, 1000),
  ONLINE_MATCH_ROOMS_PER_USER: wholeNumber(20, 1, 1000),
  ONLINE_MATCH_LINK_SEC: wholeNumber(20, 1, 600),
  ONLINE_MATCH_MATCH_LISTING: oneOf('authoritative', 'relayed'),
  ONLINE_MATCH_REQUESTS_PER_MINUTE: wholeNumber(60, 1, 100_000),
  ONLINE_MATCH_INVITATIONS_PER_MINUTE: wholeNumber(32, 1, 100_000),
  ONLINE_MATCH_WRONG_CODES_PER_MINUTE: wholeNumber(10, 1, 100_000),
  ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: wholeNumber(5, 1, 100_000),
  ONLINE_MATCH_AWAY_SEC: wholeNumber(30, 0, 3600),
  ONLINE_MATCH_BACKGROUND_SEC: wholeNumber(120, 0, 3600),
  ONLINE_MATCH_CHECKPOINT_BYTES: wholeNumber(16384, 0, 49152),
  ONLINE_MATCH_FALLBACK_BYTES_PER_SEC: wholeNumber(16384, 0, 1_000_000),
  ONLINE_MATCH_FALLBACK_MESSAGES_PER_SEC: wholeNumber(60, 1, 1000),
  ONLINE_MATCH_FALLBACK_NODE_BYTES_PER_SEC: wholeNumber(1_048_576, 1024, 100_000_000),
  ONLINE_MATCH_STUN_URLS: urls('stun:', 'stuns:'),
  ONLINE_MATCH_TURN_URLS: urls('turn:', 'turns:'),
  ONLINE_MATCH_TURN_SECRET: secret(),
  ONLINE_MATCH_TURN_TTL_SEC: wholeNumber(3600, 60, 86400),
  ONLINE_MATCH_TURN_USERNAME: turnUser(),
  ONLINE_MATCH_TURN_CREDENTIAL: secret(),
} as const;

type Specs = typeof SETTINGS;
export type Settings = { readonly [key in keyof Specs]: Specs[key] extends Spec<infer T> ? T : never };

/**
 * Reads the settings from `runtime.env`; keys of other modules are left alone.
 * @throws an Error whose message is one sentence per wrong key, with what is allowed there.
 */
export function parseSettings(env: { readonly [key: string]: string }): Settings {
  const problems = unknownKeys(env);
  const settings: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries<Spec<unknown>>(SETTINGS)) {
    const given = env[key];
    const value = given === undefined ? spec.fallback : spec.parse(given);
    if (value === null)
      problems.push(
        `${key} is ${spec.isSecret ? 'wrong' : JSON.stringify(given)}: allowed are ${spec.allowed}.`,
      );
    settings[key] = value;
  }
  if (problems.length === 0) problems.push(...contradictions(settings as Settings));
  if (problems.length > 0) throw new Error(problems.join(' '));
  return settings as Settings;
}

let parsed: Settings | null = null;

/** The settings of this server, read once in each of Nakama's JavaScript VMs. */
export function settingsIn(ctx: nkruntime.Context): Settings {
  parsed ??= parseSettings(ctx.env);
  return parsed;
}

/** The effective settings in one line, secrets masked. */
export function describeSettings(settings: Settings): string {
  return Object.entries<Spec<unknown>>(SETTINGS)
    .map(([key, { isSecret }]) => {
      const value = settings[key as keyof Settings];
      return `${key}=${isSecret && value !== '' ? '***' : value}`;
    })
    .join(' ');
}

/** What the settings allow of any match. */
export function boundsIn(settings: Settings): Bounds {
  return {
    lowest: settings.ONLINE_MATCH_MIN_PLAYERS,
    highest: settings.ONLINE_MATCH_MAX_PLAYERS,
    usualMin: settings.ONLINE_MATCH_DEFAULT_MIN_PLAYERS,
    usualMax: settings.ONLINE_MATCH_DEFAULT_MAX_PLAYERS,
  };
}

/** The rules for one room; the counts must have been checked against the settings. */
export function rulesFor(
  settings: Settings,
  { minPlayers, maxPlayers, onHostLeft, topology }: Counts,
): Rules {
  return {
    minPlayers,
    maxPlayers,
    onHostLeft,
    topology,
    versionPolicy: settings.ONLINE_MATCH_VERSION_POLICY,
    defaultVersion: settings.ONLINE_MATCH_DEFAULT_VERSION,
    seatTicks: settings.ONLINE_MATCH_SEAT_SEC * TICKS_PER_SECOND,
    creatorTicks: settings.ONLINE_MATCH_CREATOR_SEC * TICKS_PER_SECOND,
    emptyTicks: settings.ONLINE_MATCH_EMPTY_SEC * TICKS_PER_SECOND,
    unjoinedTicks: settings.ONLINE_MATCH_UNJOINED_SEC * TICKS_PER_SECOND,
    linkTicks: settings.ONLINE_MATCH_LINK_SEC * TICKS_PER_SECOND,
    noShowTicks: settings.ONLINE_MATCH_NO_SHOW_SEC * TICKS_PER_SECOND,
    maxMessageBytes: settings.ONLINE_MATCH_MAX_MESSAGE_BYTES,
    descriptionBurst: settings.ONLINE_MATCH_DESCRIPTION_BURST,
    candidateBurst: settings.ONLINE_MATCH_CANDIDATE_BURST,
    rejectBurst: settings.ONLINE_MATCH_REJECT_BURST,
    refillTicks: settings.ONLINE_MATCH_REFILL_SEC * TICKS_PER_SECOND,
    heldMessages: settings.ONLINE_MATCH_HELD_MESSAGES,
    awayTicks: settings.ONLINE_MATCH_AWAY_SEC * TICKS_PER_SECOND,
    backgroundTicks: settings.ONLINE_MATCH_BACKGROUND_SEC * TICKS_PER_SECOND,
    checkpointBytes: settings.ONLINE_MATCH_CHECKPOINT_BYTES,
    fallbackBytesPerSec: settings.ONLINE_MATCH_FALLBACK_BYTES_PER_SEC,
    fallbackMessagesPerSec: settings.ONLINE_MATCH_FALLBACK_MESSAGES_PER_SEC,
    fallbackNodeBytesPerSec: settings.ONLINE_MATCH_FALLBACK_NODE_BYTES_PER_SEC,
  };
}

type Counts = Pick<Terms, 'minPlayers' | 'maxPlayers' | 'onHostLeft' | 'topology'>;

function contradictions(settings: Settings): string[] {
  const order: readonly (readonly [keyof Settings, keyof Settings])[] = [
    ['ONLINE_MATCH_MIN_PLAYERS', 'ONLINE_MATCH_DEFAULT_MIN_PLAYERS'],
    ['ONLINE_MATCH_DEFAULT_MIN_PLAYERS', 'ONLINE_MATCH_DEFAULT_MAX_PLAYERS'],
    ['ONLINE_MATCH_DEFAULT_MAX_PLAYERS', 'ONLINE_MATCH_MAX_PLAYERS'],
  ];
  const outOfOrder = order
    .filter(([smaller, larger]) => settings[smaller] > settings[larger])
    .map(
      ([smaller, larger]) =>
        `${smaller} (${settings[smaller]}) must not be above ${larger} (${settings[larger]}).`,
    );
  return [...outOfOrder, ...contradictionsOfTurn(settings)];
}

/** Players log in by a secret that TURN server and module share, or all with the one login that a service gave out. */
function contradictionsOfTurn(settings: Settings): string[] {
  const isSecretThere = settings.ONLINE_MATCH_TURN_SECRET !== '';
  const isUserThere = settings.ONLINE_MATCH_TURN_USERNAME !== '';
  const isCredentialThere = settings.ONLINE_MATCH_TURN_CREDENTIAL !== '';
  if (isUserThere !== isCredentialThere)
    return ['ONLINE_MATCH_TURN_USERNAME and ONLINE_MATCH_TURN_CREDENTIAL need each other.'];
  if (isSecretThere && isUserThere)
    return [
      'ONLINE_MATCH_TURN_SECRET and ONLINE_MATCH_TURN_USERNAME are two ways to log in: set one of them.',
    ];
  if (settings.ONLINE_MATCH_TURN_URLS.length === 0 || isSecretThere || isUserThere) return [];
  return [
    'ONLINE_MATCH_TURN_URLS needs ONLINE_MATCH_TURN_SECRET, or ONLINE_MATCH_TURN_USERNAME and ONLINE_MATCH_TURN_CREDENTIAL.',
  ];
}

function unknownKeys(env: { readonly [key: string]: string }): string[] {
  return Object.keys(env)
    .filter((key) => key.startsWith('ONLINE_MATCH_') && !(key in SETTINGS))
    .map(
      (key) =>
        `${key} is not a setting of this module; the nearest is ${nearest(key, Object.keys(SETTINGS))}.`,
    );
}

function wholeNumber(fallback: number, lowest: number, highest: number): Spec<number> {
  return {
    fallback,
    allowed: `whole numbers from ${lowest} to ${highest}`,
    parse: (given) => {
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      return value >= lowest && value <= highest ? value : null;
    },
  };
}

function version(fallback: string): Spec<string> {
  return {
    fallback,
    allowed: `texts of at most ${MAX_VERSION_LENGTH} characters`,
    parse: (given) => (isVersion(given) ? given : null),
  };
}

/** The first word is the default. */
function oneOf<T extends string>(...words: readonly [T, ...T[]]): Spec<T> {
  return {
    fallback: words[0],
    allowed: words.map((word) => JSON.stringify(word)).join(', '),
    parse: (given) => words.find((word) => word === given) ?? null,
  };
}

function secret(): Spec<string> {
  return { ...turnUser(), isSecret: true };
}

function turnUser(): Spec<string> {
  return {
    fallback: '',
    allowed: 'texts of at most 256 characters',
    parse: (given) => (given.length <= 256 ? given : null),
  };
}

/** Separated by commas. */
function urls(...schemes: readonly string[]): Spec<readonly string[]> {
  return {
    fallback: [],
    allowed: `urls that begin with ${schemes.join(' or ')}, separated by commas`,
    parse: (given) => {
      const all = given
        .split(',')
        .map((url) => url.trim())
        .filter((url) => url !== '');
      return all.every((url) => schemes.some((scheme) => url.startsWith(scheme))) ? all : null;
    },
  };
}
