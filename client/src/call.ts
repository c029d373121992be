import { errorFrom, OnlineMatchError } from './errors.ts';

/** What every call takes. */
export interface CallOptions {
  /** Gives the call up: it is undone, and rejects with the code `aborted`. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call is given up, with the code `timed-out`. */
  readonly timeoutMs?: number;
}

/** Waits for `promise`, unless the call is given up before. */
export type Wait = <T>(promise: Promise<T>) => Promise<T>;

/**
 * Runs `work` until it is done, or until the caller's signal, the time or `ended` stop it; rejects with
 * `OnlineMatchError` only. The work must wait by `wait` alone, which stops with the call.
 */
export async function call<T>(
  { signal, timeoutMs }: CallOptions,
  ended: AbortSignal | null,
  work: (wait: Wait) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(new OnlineMatchError('aborted', 'The call was aborted.', signal?.reason));
  const onEnd = () => stop.abort(ended?.reason);
  const onTimeout = () =>
    stop.abort(new OnlineMatchError('timed-out', `There was no answer within ${timeoutMs} ms.`));
  const isLimited = timeoutMs !== undefined && timeoutMs < Number.POSITIVE_INFINITY;
  const timer = isLimited ? setTimeout(onTimeout, timeoutMs) : undefined;
  if (isLimited && timeoutMs <= 0) onTimeout();
  if (signal?.aborted) onAbort();
  if (ended?.aborted) onEnd();
  signal?.addEventListener('abort', onAbort);
  ended?.addEventListener('abort', onEnd);
  const wait: Wait = (promise) => unlessStopped(promise, stop.signal);
  try {
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
