import { type Fields, isNonEmptyString, parseObject } from './fields.ts';
import { isSessionId } from './player.ts';
import type { RefusalCode } from './refusal.ts';

// 9003: why a player may not stay.

/** What an addon's host says to refuse a joiner. `code` is one of `JoinErrorCode`, null where the variant has none. */
export interface JoinError {
  readonly type: 'join-error';
  readonly target: string;
  readonly code: number | null;
  readonly reason: string;
}

/** The numbers that the variants of the addon with error codes know. */
export const JoinErrorCode = { ALREADY_BEGUN: 0, FULL: 1, CLIENT_VERSION: 2 } as const;

/** Of the sentence that an addon's host refuses with. */
export const MAX_REASON_LENGTH = 512;

/** The server reads the host's. */
export function joinErrorIn({ target, reason, code }: Fields): JoinError | null {
  if (!isSessionId(target) || typeof reason !== 'string' || reason.length > MAX_REASON_LENGTH) return null;
  return { type: 'join-error', target, reason, code: Number.isInteger(code) ? (code as number) : null };
}

/** The server writes its own, in JSON. Addons know its code as a number, if at all. */
export function encodeJoinError(target: string, code: RefusalCode, reason: string): string {
  return JSON.stringify({ target, code: addonNumberOf(code), reason, refusal: code });
}

/** Of `JoinErrorCode`, for a reason of this server. */
export function addonNumberOf(code: RefusalCode): number {
  return ADDON_NUMBERS[code] ?? JoinErrorCode.ALREADY_BEGUN;
}

/** Clients read to whom, and why. An addon's host has a number at most, and newer servers may have more codes. */
export function decodeJoinError(
  text: string,
): { readonly target: string; readonly code: string | null; readonly reason: string } | null {
  const fields = parseObject(text);
  if (fields === null || !isNonEmptyString(fields.target)) return null;
  const { target, code: number, reason, refusal } = fields;
  const code = isNonEmptyString(refusal) ? refusal : (REFUSAL_CODE_OF[number as number] ?? null);
  return { target, code, reason: typeof reason === 'string' ? reason : '' };
}

const ADDON_NUMBERS: { readonly [code in RefusalCode]?: number } = {
  'match-full': JoinErrorCode.FULL,
  'version-mismatch': JoinErrorCode.CLIENT_VERSION,
  'version-required': JoinErrorCode.CLIENT_VERSION,
  'other-dialect': JoinErrorCode.CLIENT_VERSION,
};

const REFUSAL_CODE_OF: { readonly [addonNumber: number]: RefusalCode } = {
  [JoinErrorCode.ALREADY_BEGUN]: 'match-sealed',
  [JoinErrorCode.FULL]: 'match-full',
  [JoinErrorCode.CLIENT_VERSION]: 'version-mismatch',
};
