import type { MatchHandlers } from './match-core.ts';

type Fn = { name: string };

/** What InitModule registered: names of top-level functions, as Nakama keeps them. */
export class Registrations {
  readonly matches = new Map<string, MatchHandlers>();
  readonly rpcs = new Map<string, string>();
  readonly before = new Map<string, string>();
  readonly after = new Map<string, string>();
  readonly beforeListMatches = new Map<'ListMatches', string>();
  matchmakerMatched: string | undefined;

  /** Of all that was registered. */
  names(): string[] {
    const handlers = [...this.matches.values()].flatMap((functions) => Object.values(functions));
    const hooks = [this.rpcs, this.before, this.after, this.beforeListMatches].flatMap((functions) => [
      ...functions.values(),
    ]);
    return [...handlers, ...hooks, ...(this.matchmakerMatched === undefined ? [] : [this.matchmakerMatched])];
  }

  readonly initializer = {
    registerMatch: (name: string, handlers: Record<keyof MatchHandlers, Fn>) => {
      const named = Object.entries(handlers).map(([key, fn]) => [key, fn.name]);
      this.matches.set(name, Object.fromEntries(named) as MatchHandlers);
    },
    registerRpc: (id: string, fn: Fn) => void this.rpcs.set(id.toLowerCase(), fn.name),
    registerRtBefore: (id: string, fn: Fn) => void this.before.set(id, fn.name),
    registerRtAfter: (id: string, fn: Fn) => void this.after.set(id, fn.name),
    registerBeforeListMatches: (fn: Fn) => void this.beforeListMatches.set('ListMatches', fn.name),
    registerMatchmakerMatched: (fn: Fn) => {
      this.matchmakerMatched = fn.name;
    },
  };
}
