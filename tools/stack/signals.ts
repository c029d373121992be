const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

type StopSignal = (typeof signals)[number];

/**
 * Catches what asks us to stop. Ctrl-C can arrive more than once, from the terminal and from npm, so all but
 * the first are ignored: stopping takes a second and must not be cut short.
 */
export function onStopSignal(): {
  /** Resolves with the first signal. */
  signal: Promise<StopSignal>;
  /** Ends this process as one that the signal ended. */
  endAs: (signal: StopSignal) => never;
} {
  const signal = new Promise<StopSignal>((resolve) => {
    for (const name of signals) process.on(name, () => resolve(name));
  });
  return { signal, endAs: (name) => process.exit(128 + numbers[name]) };
}
