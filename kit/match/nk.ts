import { createHash, randomBytes } from 'node:crypto';
import { localcache } from '../fake-nakama/local-cache.ts';

export { localcache } from '../fake-nakama/local-cache.ts';

/** Nakama's runtime with only the parts that a test gives it; any other is an error that names it. */
export function nkWith(parts: Partial<Record<keyof nkruntime.Nakama, unknown>> = {}): nkruntime.Nakama {
  return onlyWith('nk', parts) as nkruntime.Nakama;
}

export function contextWith(parts: Partial<nkruntime.Context> = {}): nkruntime.Context {
  return { env: {}, node: 'node', ...parts } as nkruntime.Context;
}

/** A logger, and the lines it was given: `error: something failed`. */
export function recordingLogger(): { readonly logger: nkruntime.Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const log =
    (level: string) =>
    (format: string, ...values: unknown[]) => {
      lines.push(
        `${level}: ${values.reduce<string>((line, value) => line.replace(/%[sdvq]/, String(value)), format)}`,
      );
    };
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  return { logger: onlyWith('logger', logger) as nkruntime.Logger, lines };
}

export function onlyWith<T extends object>(name: string, parts: T): T {
  return new Proxy(parts, {
    get(target, key) {
      if (!(key in target)) throw new Error(`${name}.${String(key)} is not to be used here`);
      return Reflect.get(target, key);
    },
  });
}

/** What it takes to give a new room its code, for `nkWith`. */
export function signing() {
  return {
    ...localcache(),
    secureRandomBytes: (count: number) => new Uint8Array(randomBytes(count)).buffer,
    sha256Hash: (text: string) => createHash('sha256').update(text).digest('hex'),
    matchList: () => [],
  };
}

/** What `action` throws: of a refusal, `{ message, code }`. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A module of its own, since settings are read once in each of Nakama's VMs. */
export function inNewVm<T>(load: () => T): T {
  let loaded: T | undefined;
  jest.isolateModules(() => {
    loaded = load();
  });
  return loaded as T;
}
