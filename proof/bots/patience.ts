export interface Patience {
  readonly ms: number;
  readonly stop: AbortSignal;
  /** What is left of it once `stop` comes. */
  readonly graceMs: number;
  readonly late: () => Error;
}

/** Waits for `work` no longer than this. */
export function within<T>({ ms, stop, graceMs, late }: Patience, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(late());
    const hurry = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, Math.min(ms, graceMs));
    };
    let timer = setTimeout(giveUp, stop.aborted ? Math.min(ms, graceMs) : ms);
    stop.addEventListener('abort', hurry, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      stop.removeEventListener('abort', hurry);
    });
  });
}
