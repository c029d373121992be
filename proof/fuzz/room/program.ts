import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program, Vm } from '../../../kit/fake-nakama/script.ts';
import type { Random } from '../../../kit/random.ts';
import { asStored } from '../../../kit/room/as-stored.ts';
import * as onlineMatch from '../../../src/nakama/index.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import { projectDir } from '../../../tools/stack/folders.ts';

export type Handler = (...args: readonly unknown[]) => unknown;

/** Sees every call into the module: runs it, and may look before and after. */
export type Watch = (name: string, args: readonly unknown[], run: () => unknown) => unknown;

const HANDLERS = onlineMatch as unknown as { readonly [name: string]: Handler };

/** As Nakama does it, from the text of InitModule: `registerRpc('id', name)`. */
const REGISTRATIONS = [
  ...readFileSync(path.join(projectDir, 'src', 'main.ts'), 'utf8').matchAll(
    /initializer\.(register\w+)\((?:'(\w+)', )?(\w+)\);/g,
  ),
];
const MATCH = [
  'matchInit',
  'matchJoinAttempt',
  'matchJoin',
  'matchLeave',
  'matchLoop',
  'matchTerminate',
  'matchSignal',
];

type Initializer = { readonly [register: string]: (...args: readonly unknown[]) => void };

function initModule(initializer: Initializer): void {
  initializer.registerMatch?.('online_match', Object.fromEntries(MATCH.map((name) => [name, { name }])));
  for (const [, register = '', id, name] of REGISTRATIONS) {
    initializer[register]?.(...(id === undefined ? [] : [id]), { name });
  }
}

/** The whole way of a state through Nakama costs more than all else, so that only some states take it. */
const STORED_EVERY = 12;

/**
 * The module itself rather than its bundle: no VMs, no copies of what goes in and out, and a match's state goes
 * through storage now and then only. `plant` replaces a handler, to see whether a fault is found.
 */
export function sourceProgram(watch: Watch, plant: (name: string, handler: Handler) => Handler): Program {
  let stores = 0;
  let loaded: unknown;
  const handlers = Object.fromEntries(
    Object.entries(HANDLERS).map(([name, handler]) => [name, plant(name, handler)]),
  );
  return (): Vm => ({
    hasGlobal: (name) => name in handlers,
    call: (name, ...args) => {
      if (name === 'InitModule') return initModule(args[3] as Initializer);
      return watch(name, args, () => handlers[name]?.(...args));
    },
    import: (value) => value,
    bind: (_name, api) => api,
    store: (state: unknown, random: Random) => {
      if (state === loaded || ++stores % STORED_EVERY !== 0) return state;
      return asStored(state as State, random.below(2 ** 31));
    },
    load: (stored) => {
      loaded = stored;
      return stored;
    },
  });
}
