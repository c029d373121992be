import type { Random } from '../random.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Vm } from './script.ts';

/** The names of a match handler's seven functions. */
export type MatchHandlers = Record<
  | 'matchInit'
  | 'matchJoinAttempt'
  | 'matchJoin'
  | 'matchLeave'
  | 'matchLoop'
  | 'matchTerminate'
  | 'matchSignal',
  string
>;

export type Callback = Exclude<keyof MatchHandlers, 'matchInit'>;

/** What a callback returned, its state apart. */
export type Returned = { readonly [key: string]: unknown };

export interface CoreParts {
  handlers: MatchHandlers;
  vm: Vm;
  nk: unknown;
  logger: unknown;
  random: Random;
  dispatcher: Dispatcher;
  ctx(): Record<string, unknown>;
}

/**
 * A match's functions in a VM of its own, and the state that goes through Go and back between any two
 * calls: new objects each time, keys shuffled, frozen because Nakama loses what is changed in place. After
 * server/runtime_javascript_match_core.go.
 */
export class MatchCore {
  readonly rate: number;
  readonly firstLabel: string;
  private state: unknown;

  constructor(
    private readonly parts: CoreParts,
    params: object,
  ) {
    const { handlers, vm, logger, nk, random, ctx } = parts;
    const made = vm.call(handlers.matchInit, ctx(), logger, nk, vm.import(params)) as Returned;
    if (!Number.isInteger(made?.tickRate))
      throw new Error("matchInit 'tickRate' must be a number between 1 and 60");
    if (!made.state) throw new Error("matchInit is expected to return an object with a 'state' property");
    this.state = vm.store(made.state, random);
    this.rate = made.tickRate as number;
    this.firstLabel = String(made.label ?? '');
  }

  /** Null when the match shall end. @throws what the callback throws. */
  call(name: Callback, tick: number, args: readonly unknown[], who: object = {}): Returned | null {
    const { handlers, vm, logger, nk, dispatcher, random, ctx } = this.parts;
    const state = vm.load(this.state);
    const head = [{ ...ctx(), ...vm.import(who) }, logger, nk, dispatcher, tick, state];
    const returned = vm.call(handlers[name], ...head, ...args) as Returned | null | undefined;
    if (returned === null || returned === undefined) return null;
    if (typeof returned.state !== 'object')
      throw new Error(`${name} is expected to return an object with 'state'`);
    if (name === 'matchJoinAttempt' && typeof returned.accept !== 'boolean') {
      throw new Error("matchJoinAttempt 'accept' property must be a boolean");
    }
    this.state = vm.store(returned.state, random);
    return returned;
  }

  import<T>(value: T): T {
    return this.parts.vm.import(value);
  }

  /** As the console shows it. */
  get stateText(): string {
    return JSON.stringify(this.state);
  }
}
