import { type Refusal, type RefusalCode, refusalText, refuse } from '../../protocol/refusal.ts';
import type { Decoded } from '../../protocol/rpcs/request.ts';
import { count } from './metrics.ts';

/** gRPC status codes, which Nakama turns into HTTP statuses; on a socket only the message arrives. */
const STATUS: { readonly [code in RefusalCode]?: number } = {
  busy: 14,
  'match-not-found': 5,
  'not-a-member': 7,
  'not-host': 7,
  'too-many-requests': 8,
  'too-many-rooms': 8,
  'wrong-password': 7,
  'password-required': 7,
  banned: 7,
};
const INVALID_ARGUMENT = 3;
const FAILED_PRECONDITION = 9;

/**
 * Answers an RPC or a before-hook with `code: sentence`. A plain object, since for an Error the runtime
 * would log a stack and put the function's name before the message.
 */
export function throwRefusal(nk: nkruntime.Nakama, refusal: Refusal): never {
  count(nk, 'online_match_refusals_total', { kind: 'request', code: refusal.code });
  const status =
    refusal.code === 'bad-request' ? INVALID_ARGUMENT : (STATUS[refusal.code] ?? FAILED_PRECONDITION);
  throw { message: refusalText(refusal), code: status };
}

/** Whether it was thrown here: an error of the runtime has no status. */
export function isRefusal(error: unknown): boolean {
  return typeof (error as { code?: unknown } | null)?.code === 'number';
}

/** What a request says. @throws the refusal of one that cannot be read, or asks for what is not allowed. */
export function valueOrThrow<T>(nk: nkruntime.Nakama, decoded: Decoded<T>): T {
  return decoded.refusal === null ? decoded.value : throwRefusal(nk, decoded.refusal);
}

export function throwNotFound(nk: nkruntime.Nakama): never {
  return throwRefusal(nk, refuse('match-not-found', 'there is no such match, or it has ended'));
}
