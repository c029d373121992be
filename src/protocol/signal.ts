import { isNonEmptyString, parseObject } from './fields.ts';
import type { LinkState } from './room-view.ts';

/** A 9001 as a client of the addon's JSON means it, but for its target. */
export type Signal = DescriptionSignal | CandidateSignal | ReconnectSignal;

export interface DescriptionSignal {
  readonly kind: 'description';
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
  /**
   * An offer's number, which its answer repeats: tells an answer to an earlier offer. The addon writes and reads
   * no such field; then null.
   */
  readonly offerNumber: number | null;
}

export interface CandidateSignal {
  readonly kind: 'candidate';
  /** `sdpMid`. */
  readonly media: string;
  /** `sdpMLineIndex`. */
  readonly index: number;
  /** The candidate's line. */
  readonly name: string;
}

/** The sender makes the connection anew, and so shall the receiver. */
export interface ReconnectSignal {
  readonly kind: 'reconnect';
}

/** JSON of a 9001. */
export function encodeSignal(target: string, signal: Signal): string {
  switch (signal.kind) {
    case 'description': {
      const { type, sdp, offerNumber } = signal;
      const number = offerNumber === null ? {} : { offer_number: offerNumber };
      return JSON.stringify({ method: 'set_remote_description', target, type, sdp, ...number });
    }
    case 'candidate': {
      const { media, index, name } = signal;
      return JSON.stringify({ method: 'add_ice_candidate', target, media, index, name });
    }
    case 'reconnect':
      return JSON.stringify({ method: 'reconnect', target });
  }
}

/** Reads a 9001: null where it is none, or a field is missing. */
export function decodeSignal(text: string): { readonly target: string; readonly signal: Signal } | null {
  const fields = parseObject(text);
  if (fields === null || !isNonEmptyString(fields.target)) return null;
  const signal = signalIn(fields);
  return signal === null ? null : { target: fields.target, signal };
}

function signalIn(fields: Record<string, unknown>): Signal | null {
  const { method, type, sdp, offer_number, media, index, name } = fields;
  switch (method) {
    case 'set_remote_description': {
      if ((type !== 'offer' && type !== 'answer') || !isNonEmptyString(sdp)) return null;
      return {
        kind: 'description',
        type,
        sdp,
        offerNumber: typeof offer_number === 'number' ? offer_number : null,
      };
    }
    case 'add_ice_candidate': {
      if (typeof media !== 'string' || typeof index !== 'number' || typeof name !== 'string') return null;
      return { kind: 'candidate', media, index, name };
    }
    case 'reconnect':
      return { kind: 'reconnect' };
    default:
      return null;
  }
}

/** JSON of a 9011: how far the sender's connection to this player is. */
export function encodeLinkReport(peer: string, state: LinkState): string {
  return JSON.stringify({ peer, state });
}
