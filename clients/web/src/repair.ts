import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Carrier } from './carrier.ts';
import type { LinkContext } from './link-context.ts';
import type { Negotiation, NegotiationEvents } from './negotiation.ts';
import type { Path } from './path.ts';

/** What is tried to link two players, in this order, or by what they are linked. */
export type LinkStep =
  /** A connection by whichever pair of addresses answers first. */
  | 'direct'
  /** An ICE restart of the connection that there is. */
  | 'restart'
  /** A connection through a TURN server alone. */
  | 'turn'
  /** The data goes through Nakama. */
  | 'server';

/** What a repair has of its link. */
export interface Repairable {
  readonly context: LinkContext;
  readonly negotiation: Negotiation;
  /** Null where the two clients do not number their data. */
  readonly carrier: Carrier | null;
  readonly state: LinkState;
  readonly step: LinkStep;
  show(state: LinkState, step?: LinkStep): void;
  /** Calls back after that time, unless something else is to be waited for by then. */
  wait(ms: number, callback: () => void): void;
  stopWaiting(): void;
}

/** How a link comes up and is kept up: what follows from what happens to its connections. */
export interface Repair extends Omit<NegotiationEvents, 'onBroken'> {
  /** The first connection. */
  begin(): void;
  onBroken(): void;
  /** By which way the channels of a link that is up go now. */
  onMeasured(via: Path['via']): void;
  /** Nothing is tried any more until something begins anew. */
  giveUp(): void;
  /** Signals reach the other player again, who may have missed the last ones. */
  renegotiate(how: { readonly wasAway: boolean }): void;
  close(): void;
}
