import { setTimeout as sleep } from 'node:timers/promises';
import type { Match } from '@heroiclabs/nakama-js';
import { enterBy, RELAYED } from './enter-by.ts';
import { Exchange } from './exchange.ts';
import type { LoadPlayer } from './load-player.ts';
import { within } from './patience.ts';
import { type Learns, Seat } from './seat.ts';
import type { Tally } from './tally.ts';
import { during, type Troubled, trouble, troubleOf } from './trouble.ts';
import type { Way } from './ways.ts';

export interface RoundOptions {
  readonly way: Way;
  /** The first one makes the room, where the way has somebody do so. */
  readonly players: readonly [LoadPlayer, ...LoadPlayer[]];
  readonly candidates: number;
  readonly stayMs: number;
  readonly tally: Tally;
  /** Rooms that nobody is in yet are given up, the others are finished soon. */
  readonly stop: AbortSignal;
}

const patienceMs = 15_000;
const graceMs = 5_000;
/** Nakama's own interval and number of intervals make half a minute. */
const matchmakerPatienceMs = 60_000;

/** One room, from the players' arrival to their leaving. */
export class Round {
  readonly players: readonly [LoadPlayer, ...LoadPlayer[]];
  readonly candidates: number;
  readonly tally: Tally;
  readonly exchange: Exchange;
  isLeaving = false;
  readonly #seats: Seat[] = [];
  readonly #failed: Promise<never>;
  readonly #options: RoundOptions;
  #fail!: (error: Troubled) => void;

  constructor(options: RoundOptions) {
    const { players, candidates, tally } = options;
    this.#options = options;
    this.players = players;
    this.candidates = candidates;
    this.tally = tally;
    this.exchange = new Exchange({
      players: players.length,
      perLine: 1 + candidates,
      tally,
      onDone: (sessionId) => this.#onDone(sessionId),
    });
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => {});
  }

  /** Whether it went as it should; if not, its players have no sockets any more. */
  async play(): Promise<boolean> {
    const { way, tally, stop } = this.#options;
    tally.forming++;
    try {
      await Promise.race([this.#enter(), this.#failed]);
      tally.forming--;
      tally.playing++;
    } catch (error) {
      tally.forming--;
      return this.#giveUp(error, stop.aborted);
    }
    try {
      await Promise.race([this.#connectAndStay(), this.#failed]);
      await this.#leave();
      tally.room(way, 'finished');
      return true;
    } catch (error) {
      return this.#giveUp(error, false);
    } finally {
      tally.playing--;
    }
  }

  /** From anywhere in the round: something is wrong with all of it. */
  fail(error: Troubled): void {
    this.#fail(error);
  }

  async seat(player: LoadPlayer, learns: Learns, ask: () => Promise<Match>): Promise<Seat> {
    this.#checkGoesOn();
    const askedAt = performance.now();
    const match = await during('join', ask());
    this.#checkGoesOn();
    this.tally.time('reply', performance.now() - askedAt);
    if (match.authoritative !== true) throw trouble('join', 'relayed', RELAYED);
    const seat = new Seat(this, player, match, learns, askedAt);
    this.#seats.push(seat);
    player.listener = seat;
    return seat;
  }

  /** The players of a round that was given up may be in their next one already. */
  #checkGoesOn(): void {
    if (this.isLeaving) throw trouble('join', 'too-late', 'this round was given up');
  }

  async #enter(): Promise<void> {
    const { way, stop } = this.#options;
    await Promise.all(this.players.map((player) => player.arrive()));
    for (const player of this.players) {
      player.onClosed = (closed) => this.fail(closed);
    }
    const late = () => trouble('matchmake', 'timed-out', `no match within ${matchmakerPatienceMs / 1000} s`);
    await within({ ms: matchmakerPatienceMs, stop, graceMs: 0, late }, enterBy[way](this));
  }

  async #connectAndStay(): Promise<void> {
    const { stop, stayMs } = this.#options;
    const everything = Promise.all([this.exchange.done, ...this.#seats.map((seat) => seat.everybody)]);
    const late = () => new Error('not everything came in time');
    await within({ ms: patienceMs, stop, graceMs, late }, everything).catch(() => this.#settle());
    await sleep(stayMs, undefined, { signal: stop }).catch(() => {});
  }

  /** What is late is not lost: first let all come that is on its way, then see what is missing. */
  async #settle(): Promise<void> {
    const { way } = this.#options;
    const others = this.players.length - 1;
    const progress = () => this.exchange.arrivals + this.#seats.reduce((sum, { known }) => sum + known, 0);
    for (let before = -1; progress() > before; ) {
      before = progress();
      await this.#pingAll();
      await this.#pingAll();
    }
    const known = this.#seats.map((seat) => seat.known);
    if (known.some((count) => count < others)) {
      const sentence = `in a room by ${way}, players know of ${known.join(', ')} others`;
      throw trouble('learn players', 'missed', sentence);
    }
    const { count, pairs } = this.exchange.missing();
    if (count > 0) throw trouble('signal', 'lost', `in a room by ${way}: ${pairs.join('; ')}`);
  }

  /** What was sent before has been handled once this is answered; so what it caused comes before the next answer. */
  async #pingAll(): Promise<void> {
    await Promise.all(this.players.map((player) => during('signal', player.ping())));
  }

  async #leave(): Promise<void> {
    this.isLeaving = true;
    await Promise.all(
      this.#seats.map(({ player, matchId }) => during('leave', player.socket.leaveMatch(matchId))),
    );
    for (const player of this.players) {
      player.listener = null;
      player.onClosed = null;
    }
  }

  #onDone(sessionId: string): void {
    const seat = this.#seats.find((one) => one.sessionId === sessionId);
    if (seat !== undefined) this.tally.time('ready', performance.now() - seat.askedAt);
  }

  #giveUp(error: unknown, isCut: boolean): false {
    const { way, tally } = this.#options;
    this.isLeaving = true;
    for (const player of this.players) player.drop();
    tally.room(way, isCut ? 'cut' : 'failed');
    if (isCut) return false;
    const what = troubleOf(error);
    tally.trouble(what);
    if (what.code === 'missed' || what.code === 'lost') tally.count('lost', this.exchange.missing().count);
    return false;
  }
}
