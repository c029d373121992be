import type { PasswordCheck } from '../../room/door/password.ts';
import type { Room } from '../../room/room.ts';
import { countWrongGuess, type Guesser, hasGuessedWrong, refuseGuess } from '../server/guesses.ts';
import { count } from '../server/metrics.ts';
import { settingsIn } from '../server/settings.ts';
import { hasToken, takeToken } from '../server/token-bucket.ts';

// A room's password is nowhere. What it is checked with lies in this node's memory, on which the match runs as long as
// it lives: Nakama's console shows a match's state.

/** Put again well before that by the room's clock. */
const KEPT_SEC = 7200;
const SALT_BYTES = 32;

/** What a password is checked with; bcrypt would take the CPU from every room for 0.4 s. */
export function lockFor(nk: nkruntime.Nakama, password: string): string {
  const salt = nk.base64Encode(nk.secureRandomBytes(SALT_BYTES));
  return `${salt} ${digest(nk, salt, password)}`;
}

function digest(nk: nkruntime.Nakama, salt: string, password: string): string {
  return nk.base64Encode(nk.hmacSha256Hash(password, salt));
}

/** Keeps the lock; without one, that which is there. */
export function keepLock(nk: nkruntime.Nakama, matchId: string, lock: string | null = null): void {
  const kept: string | null = lock ?? nk.localcacheGet(keyOf(matchId)) ?? null;
  if (kept !== null) nk.localcachePut(keyOf(matchId), kept, KEPT_SEC);
}

export function forgetLock(nk: nkruntime.Nakama, matchId: string): void {
  nk.localcacheDelete(keyOf(matchId));
}

function keyOf(matchId: string): string {
  return `online_match/lock/${matchId}`;
}

/** Whether a password opens the match. Whoever named too many wrong ones is not heard, or it would not be worth having one. */
export function checkPassword(
  { nk, ctx, id }: { readonly nk: nkruntime.Nakama; readonly ctx: nkruntime.Context; readonly id: string },
  { profile }: Room,
  who: Guesser,
  password: unknown,
): PasswordCheck {
  if (!profile.hasPassword || typeof password !== 'string' || password === '') return 'none';
  const settings = settingsIn(ctx);
  const isBarred =
    refuseGuess(nk, settings, 'password', who) !== null ||
    (hasGuessedWrong(nk, 'password', who) && !hasToken(nk, roomKeyOf(id), ROOM_BUCKET));
  if (isBarred) return 'barred';
  const lock: string | null = nk.localcacheGet(keyOf(id)) ?? null;
  const [salt = '', expected] = lock?.split(' ') ?? [];
  return lock !== null && digest(nk, salt, password) === expected ? 'right' : 'wrong';
}

/** What came of a password once the room has heard of it: one that did not matter is no guess. */
export function notePassword(
  { nk, ctx, id }: { readonly nk: nkruntime.Nakama; readonly ctx: nkruntime.Context; readonly id: string },
  who: Guesser,
  outcome: PasswordCheck,
): void {
  count(nk, 'online_match_passwords_total', { outcome });
  if (outcome !== 'wrong') return;
  countWrongGuess(nk, settingsIn(ctx), 'password', who);
  takeToken(nk, roomKeyOf(id), ROOM_BUCKET);
}

/** Wrong ones of all who were wrong before, so that many of them together find no more. */
const ROOM_BUCKET = { size: 60, perMinute: 60 };
const roomKeyOf = (matchId: string) => `online_match/wrong_password/room/${matchId}`;
