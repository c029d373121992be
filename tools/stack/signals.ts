const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentCheckMs = 500;

/**
 * Resolves with the reason once we are asked to stop. Ctrl-C can arrive more than once, from the terminal and
 * from npm, so all but the first are ignored: stopping takes a second and must not be cut short. And npm passes
 * a SIGTERM of its own on to its shell only, so under npm the end of that shell is such a signal too.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of signals) process.on(name, () => resolve(name));
    if (!process.env.npm_lifecycle_event) return;
    const parent = process.ppid;
    const check = () => process.ppid !== parent && resolve('npm has ended');
    setInterval(check, parentCheckMs).unref();
  });
}
