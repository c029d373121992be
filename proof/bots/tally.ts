import type { Trouble } from './trouble.ts';
import type { Way } from './ways.ts';

/** What is timed, in the order of the report. */
export const TIMES = {
  signIn: 'signing in',
  matched: 'ticket → matched',
  created: 'asking for a room → having it',
  reply: 'join → its reply',
  joinSuccess: 'join → first 9002',
  everybody: 'join → everybody known',
  ready: 'join → all pairs done',
  hop: 'one message, hop',
} as const;
export type Time = keyof typeof TIMES;

/** What became of messages. */
export const FATES = {
  sent: 'sent',
  arrived: 'arrived',
  lost: 'lost',
  doubled: 'came twice',
  disordered: 'out of order',
  stray: 'changed, or at the wrong player',
  early: 'before their sender was announced',
} as const;
export type Fate = keyof typeof FATES;

export type Outcome = 'finished' | 'failed' | 'cut';

/** What happened since the last one. */
export interface Delta {
  /** In microseconds. */
  readonly times: Readonly<Partial<Record<Time, readonly number[]>>>;
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  readonly rooms: readonly { readonly way: Way; readonly outcome: Outcome }[];
  readonly troubles: readonly Trouble[];
  readonly forming: number;
  readonly playing: number;
  /** How late the worker's own timers were, in milliseconds: the 99th percentile. */
  readonly lateMs: number;
}

/** Of as many troubles of one kind, only the number is of interest. */
export class Tally {
  forming = 0;
  playing = 0;
  #times: Partial<Record<Time, number[]>> = {};
  #fates: Partial<Record<Fate, number>> = {};
  #rooms: { way: Way; outcome: Outcome }[] = [];
  #troubles: Trouble[] = [];

  time(what: Time, ms: number): void {
    this.#times[what] ??= [];
    this.#times[what].push(Math.max(1, Math.round(ms * 1000)));
  }

  count(fate: Fate, times = 1): void {
    this.#fates[fate] = (this.#fates[fate] ?? 0) + times;
  }

  room(way: Way, outcome: Outcome): void {
    this.#rooms.push({ way, outcome });
  }

  trouble(trouble: Trouble): void {
    this.#troubles.push(trouble);
  }

  drain(lateMs: number): Delta {
    const { forming, playing } = this;
    const delta = {
      times: this.#times,
      fates: this.#fates,
      rooms: this.#rooms,
      troubles: this.#troubles,
      forming,
      playing,
      lateMs,
    };
    this.#times = {};
    this.#fates = {};
    this.#rooms = [];
    this.#troubles = [];
    return delta;
  }
}
