import type { Fields } from './fields.ts';
import { isSessionId } from './player.ts';

// 9011: how far the sender's connection to another player is.

/** How far two players' peer connection is. */
export const LINK_STATES = ['connecting', 'connected', 'failed'] as const;

export type LinkState = (typeof LINK_STATES)[number];

/** By which way the data of two players goes: past all servers, through a TURN server, or through Nakama. */
export const VIAS = ['direct', 'turn', 'server'] as const;

export type Via = (typeof VIAS)[number];

/** Why a link failed for which nothing more is tried: one of the two takes TURN servers only, and has none. */
export type LinkFailure = 'no-relay';

export interface LinkReported {
  readonly type: 'link-reported';
  readonly peer: string;
  readonly state: LinkState;
  /** The link stands, and the host's game at its other end has not answered for a while. */
  readonly silent: boolean;
  /** Of a link that is connected; null from clients that do not say it. */
  readonly via: Via | null;
  /** Milliseconds there and back. */
  readonly rttMs: number | null;
  readonly noRelay: boolean;
}

/** A client that announced itself writes it, in JSON. */
export function encodeLinkReport(
  peer: string,
  state: LinkState,
  { silent, via, rttMs, noRelay }: Partial<Omit<LinkReported, 'type' | 'peer' | 'state'>> = {},
): string {
  return JSON.stringify({
    peer,
    state,
    ...(silent && { silent }),
    ...(via && { via }),
    ...(typeof rttMs === 'number' && { rtt_ms: rttMs }),
    ...(noRelay && { reason: 'no-relay' satisfies LinkFailure }),
  });
}

/** The server reads it. What it says besides the state is nothing where it cannot be. */
export function linkReportIn({ peer, state, silent, via, rtt_ms, reason }: Fields): LinkReported | null {
  if (!isSessionId(peer) || !isLinkState(state)) return null;
  return {
    type: 'link-reported',
    ...{ peer, state, silent: silent === true },
    via: VIAS.find((one) => one === via) ?? null,
    rttMs: isTime(rtt_ms) ? Math.round(rtt_ms) : null,
    noRelay: reason === 'no-relay',
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_RTT_MS;
}

const MAX_RTT_MS = 60_000;

function isLinkState(value: unknown): value is LinkState {
  return LINK_STATES.includes(value as LinkState);
}
