import { refuse } from '../../protocol/refusal.ts';
import { isRefusal, throwRefusal } from '../server/throw-refusal.ts';

/**
 * Nakama makes no match while it shuts down, and bounds cannot be kept without its database. Its own error would
 * reach the client with a stack, and the database's address.
 */
export function orRefuse<T>(nk: nkruntime.Nakama, logger: nkruntime.Logger, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (isRefusal(error)) throw error;
    logger.error('create_online_match could not make a room: %s', String(error));
    return throwRefusal(nk, refuse('busy', 'the server makes no matches now, try again later'));
  }
}
