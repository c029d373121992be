import type { Delta } from './tally.ts';
import type { Way } from './ways.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly serverKey: string;
}

/** What one worker does until it is told to stop. */
export interface Order {
  readonly server: ServerAddress;
  /** In the names of its accounts. */
  readonly name: string;
  readonly rooms: number;
  readonly players: number;
  readonly staySec: number;
  readonly candidates: number;
  readonly mix: readonly Way[];
  readonly rate: number;
}

export type ToWorker = 'stop';

/** The last one of a worker is `isLast`; then it ends. */
export interface FromWorker {
  readonly delta: Delta;
  readonly isLast: boolean;
}
