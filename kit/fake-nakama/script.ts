import { Script as Compiled, type Context, createContext } from 'node:vm';
import type { Random } from '../random.ts';
import { freezeDeep, throughGo } from './values.ts';

/** A module as the fake server runs it: each call gives a VM that has run it. */
export type Program = (nowMs: () => number) => Vm;

/** A JavaScript VM, as Nakama keeps for its pool and for every match. */
export interface Vm {
  /** Nakama registers only what is on the global object, where `const` and `class` are not. */
  hasGlobal(name: string): boolean;
  call(name: string, ...args: unknown[]): unknown;
  /** The value as an object of this VM. */
  import<T>(value: T): T;
  /** As this VM sees a Go object: results and errors are this VM's own, what is missing says so. */
  bind(name: string, api: object): unknown;
  /** What a match keeps of its state, and as what its next callback is given that. */
  store(state: unknown, random: Random): unknown;
  load(stored: unknown): unknown;
}

/** The bundle, in VMs that share nothing. */
export function programOf(source: string): Program {
  const bundle = new Compiled(source, { filename: 'index.js' });
  return (nowMs) => new BundleVm(bundle, nowMs);
}

/** What goja has not, though V8 has. */
const ABSENT = [
  'console',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'Intl',
  'structuredClone',
  'URL',
  'Iterator',
];

const SET_UP = new Compiled(`(absent, now) => {
  for (const name of absent) delete globalThis[name];
  Date.now = now;
  return { parse: JSON.parse, Error };
}`);

/** As Nakama's freezeGlobalObject (server/runtime_javascript.go); V8 cannot freeze the global object itself. */
const FREEZE = new Compiled(`
for (const k of Reflect.ownKeys(globalThis)) {
  const v = globalThis[k];
  if (v && v !== globalThis) {
    Object.freeze(v);
    v.prototype && Object.freeze(v.prototype);
    v.__proto__ && Object.freeze(v.__proto__);
  }
}`);

type Api = Record<string, (...args: never[]) => unknown>;

type Handler = (...args: unknown[]) => unknown;

class BundleVm implements Vm {
  private readonly context: Context;
  private readonly found = new Map<string, Handler>();
  private readonly own: { parse(text: string): unknown; Error: ErrorConstructor };

  constructor(bundle: Compiled, nowMs: () => number) {
    this.context = createContext({});
    this.own = SET_UP.runInContext(this.context)(ABSENT, nowMs);
    bundle.runInContext(this.context);
    FREEZE.runInContext(this.context);
  }

  /** Nakama registers only what is on the global object, where `const` and `class` are not. */
  hasGlobal(name: string): boolean {
    return name in this.context;
  }

  /** By name, as goja's `Runtime.Get` finds it: constants too. */
  call(name: string, ...args: unknown[]): unknown {
    const handler = this.found.get(name) ?? this.find(name);
    this.found.set(name, handler);
    return handler.apply(null, args);
  }

  private find(name: string): Handler {
    const found = new Compiled(`typeof ${name} === 'undefined' ? null : ${name}`).runInContext(this.context);
    if (typeof found === 'function') return found;
    throw new Error(`fake Nakama: no function ${name} at the top level of the bundle`);
  }

  /** The value as an object of this VM. */
  import<T>(value: T): T {
    return (value === undefined ? undefined : this.own.parse(JSON.stringify(value))) as T;
  }

  store(state: unknown, random: Random): unknown {
    return throughGo(state, random);
  }

  load(stored: unknown): unknown {
    return freezeDeep(this.import(stored));
  }

  bind(name: string, api: object): unknown {
    const bound = Object.entries(api as Api).map(([key, run]) => [key, this.bindOne(run)]);
    return new Proxy(freezeDeep(Object.fromEntries(bound)), {
      get: (target, key) => {
        if (typeof key === 'string' && !(key in target)) throw new Error(`fake Nakama has no ${name}.${key}`);
        return target[key as string];
      },
    });
  }

  private bindOne(run: Api[string]) {
    return (...args: never[]) => {
      try {
        const result = run(...args);
        return result instanceof ArrayBuffer ? result : this.import(result);
      } catch (error) {
        throw new this.own.Error((error as Error).message);
      }
    };
  }
}
