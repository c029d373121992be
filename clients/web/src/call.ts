import { errorFrom, OnlineMatchError } from './errors.ts';

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, with the code `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds after which the call ends, with the code `timed-out`. 10,000 where nothing is said; matchmaking
   * and leaving then have no limit.
   */
  readonly timeoutMs?: number | undefined;
}

/** Milliseconds for a call that names none. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** The longest time that a timer takes; a timer with a longer one runs at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Waits for `promise`, unless the call ends before. */
export type Wait = <T>(promise: Promise<T>) => Promise<T>;

/**
 * Runs `work` until it is done, or until the caller's signal, the time or `ended` stops it. Work that is stopped
 * already does not begin. Rejects with `OnlineMatchError` only. The work must wait by `wait` alone, which stops
 * with the call.
 */
export async function call<T>(
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: CallOptions,
  ended: AbortSignal | null,
  work: (wait: Wait) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(new OnlineMatchError('aborted', 'The call was aborted.', signal?.reason));
  const onEnd = () => stop.abort(ended?.reason);
  const onTimeout = () =>
    stop.abort(new OnlineMatchError('timed-out', `There was no answer within ${timeoutMs} ms.`));
  const timer = timeoutMs <= MAX_TIMER_MS ? setTimeout(onTimeout, timeoutMs) : undefined;
  if (timeoutMs <= 0) onTimeout();
  if (signal?.aborted) onAbort();
  if (ended?.aborted) onEnd();
  signal?.addEventListener('abort', onAbort);
  ended?.addEventListener('abort', onEnd);
  const wait: Wait = (promise) => unlessStopped(promise, stop.signal);
  try {
    stop.signal.throwIfAborted();
    return await work(wait);
  } catch (error) {
    throw errorFrom(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    ended?.removeEventListener('abort', onEnd);
  }
}

function unlessStopped<T>(promise: Promise<T>, stopped: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onStop = () => reject(stopped.reason);
    if (stopped.aborted) onStop();
    stopped.addEventListener('abort', onStop);
    promise.then(resolve, reject).finally(() => stopped.removeEventListener('abort', onStop));
  });
}
