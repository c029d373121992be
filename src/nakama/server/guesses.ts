import { type Refusal, refuse } from '../../protocol/refusal.ts';
import type { Settings } from './settings.ts';
import { hasToken, takeToken } from './token-bucket.ts';

/** What a stranger could find by trying. */
export type Secret = 'code' | 'password';

/**
 * Wrong guesses are bounded per user, and per address, since accounts cost nothing: from one address as many as
 * this number of users may make, who share it as players in one house do. Right ones cost nothing.
 */
const USERS_AT_AN_ADDRESS = 4;

/** Who guesses: as Nakama tells it of a request or of a join attempt. The game's own backend is nobody. */
export interface Guesser {
  readonly userId?: string | undefined;
  readonly clientIp?: string | undefined;
}

export function refuseGuess(
  nk: nkruntime.Nakama,
  settings: Settings,
  secret: Secret,
  who: Guesser,
): Refusal | null {
  const may = bucketsOf(settings, secret, who).every(({ key, bucket }) => hasToken(nk, key, bucket));
  return may ? null : refuse('too-many-requests', `too many wrong ${secret}s, wait a minute`);
}

export function countWrongGuess(
  nk: nkruntime.Nakama,
  settings: Settings,
  secret: Secret,
  who: Guesser,
): void {
  for (const { key, bucket } of bucketsOf(settings, secret, who)) takeToken(nk, key, bucket);
}

/** Whether a user was wrong within the last minute. */
export function hasGuessedWrong(nk: nkruntime.Nakama, secret: Secret, { userId }: Guesser): boolean {
  return nk.localcacheGet(userKeyOf(secret, userId ?? '')) !== undefined;
}

function userKeyOf(secret: Secret, userId: string): string {
  return `online_match/wrong_${secret}/${userId}`;
}

function bucketsOf(settings: Settings, secret: Secret, { userId, clientIp }: Guesser) {
  if (!userId) return [];
  const perUser =
    secret === 'code'
      ? settings.ONLINE_MATCH_WRONG_CODES_PER_MINUTE
      : settings.ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE;
  const perAddress = USERS_AT_AN_ADDRESS * perUser;
  return [
    { key: userKeyOf(secret, userId), bucket: { size: perUser, perMinute: perUser } },
    {
      key: `online_match/wrong_${secret}/${networkOf(clientIp ?? '')}`,
      bucket: { size: perAddress, perMinute: perAddress },
    },
  ];
}

/** An address; of IPv6 its first 64 bits, since one client has all the others. What is no address counts as one. */
export function networkOf(address: string): string {
  if (/^[\d.]{7,15}$/.test(address)) return address;
  if (!/^[\da-fA-F:.]{2,45}$/.test(address)) return 'unknown';
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')];
  return all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
