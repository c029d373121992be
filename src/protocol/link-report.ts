import type { Fields } from './fields.ts';
import { isSessionId } from './player.ts';

// 9011: how far the sender's connection to another player is.

/** How far two players' peer connection is. */
export const LINK_STATES = ['connecting', 'connected', 'failed'] as const;

export type LinkState = (typeof LINK_STATES)[number];

export interface LinkReported {
  readonly type: 'link-reported';
  readonly peer: string;
  readonly state: LinkState;
  /** The link stands, and the host's game at its other end has not answered for a while. */
  readonly silent: boolean;
}

/** A client that announced itself writes it, in JSON. */
export function encodeLinkReport(peer: string, state: LinkState, silent = false): string {
  return JSON.stringify({ peer, state, ...(silent && { silent }) });
}

/** The server reads it. */
export function linkReportIn({ peer, state, silent }: Fields): LinkReported | null {
  if (!isSessionId(peer) || !isLinkState(state)) return null;
  return { type: 'link-reported', peer, state, silent: silent === true };
}

function isLinkState(value: unknown): value is LinkState {
  return LINK_STATES.includes(value as LinkState);
}
