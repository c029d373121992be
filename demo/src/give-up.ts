/** Rejects as soon as somebody gives up; what comes after that goes to `onLate`. */
export function unlessGivenUp<T>(
  coming: Promise<T>,
  signal: AbortSignal,
  onLate: (late: T) => void,
): Promise<T> {
  const givenUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason);
      coming.then(onLate, () => {});
    });
  });
  return Promise.race([coming, givenUp]);
}
