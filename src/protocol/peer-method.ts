import { type Fields, isNonEmptyString, parseObject } from './fields.ts';
import { isSessionId } from './player.ts';

// 9001: a client's WebRTC description, candidate or request to reconnect, for one peer.

/** As far as the server must know it. The bytes that are forwarded stay the sender's own. */
export interface PeerMethod {
  readonly type: 'peer-method';
  readonly kind: Signal['kind'];
  /** Session id of the peer that it is for. */
  readonly target: string;
}

/** As clients mean it, but for its target. */
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
  readonly connection?: ConnectionNumber;
}

export interface CandidateSignal {
  readonly kind: 'candidate';
  /** `sdpMid`. */
  readonly media: string;
  /** `sdpMLineIndex`. */
  readonly index: number;
  /** The candidate's line. */
  readonly name: string;
  readonly connection?: ConnectionNumber;
}

/** The sender makes the connection anew, and so shall the receiver. */
export interface ReconnectSignal {
  readonly kind: 'reconnect';
  readonly connection?: ConnectionNumber;
}

/**
 * Which of a link's connections is meant: the number of the offer that it began with. Tells what is late from what
 * is news. The addon writes and reads no such field; then null.
 */
export type ConnectionNumber = number | null;

/** Clients write it, in JSON. */
export function encodeSignal(target: string, signal: Signal): string {
  const { connection } = signal;
  const which = typeof connection === 'number' ? { connection } : {};
  switch (signal.kind) {
    case 'description': {
      const { type, sdp, offerNumber } = signal;
      const number = offerNumber === null ? {} : { offer_number: offerNumber };
      return JSON.stringify({ method: 'set_remote_description', target, type, sdp, ...number, ...which });
    }
    case 'candidate': {
      const { media, index, name } = signal;
      return JSON.stringify({ method: 'add_ice_candidate', target, media, index, name, ...which });
    }
    case 'reconnect':
      return JSON.stringify({ method: 'reconnect', target, ...which });
  }
}

/** The server reads whom it is for. Null where the addon's own receiver would stop with a script error on it. */
export function peerMethodIn(fields: Fields): PeerMethod | null {
  const kind = kindIn(fields);
  if (kind === null || !isSessionId(fields.target)) return null;
  return { type: 'peer-method', kind, target: fields.target };
}

function kindIn({ method, type, sdp, media, index, name }: Fields): PeerMethod['kind'] | null {
  switch (method) {
    case 'set_remote_description':
      return (type === 'offer' || type === 'answer') && isNonEmptyString(sdp) ? 'description' : null;
    case 'add_ice_candidate':
      return typeof media === 'string' && Number.isInteger(index) && typeof name === 'string'
        ? 'candidate'
        : null;
    case 'reconnect':
      return 'reconnect';
    default:
      return null;
  }
}

/** Clients read it: null where it is none, or a field is missing. */
export function decodeSignal(text: string): { readonly target: string; readonly signal: Signal } | null {
  const fields = parseObject(text);
  if (fields === null || !isNonEmptyString(fields.target)) return null;
  const signal = signalIn(fields);
  return signal === null ? null : { target: fields.target, signal };
}

function signalIn(fields: Fields): Signal | null {
  const { method, type, sdp, media, index, name } = fields;
  const connection = numberIn(fields.connection);
  switch (method) {
    case 'set_remote_description':
      if ((type !== 'offer' && type !== 'answer') || !isNonEmptyString(sdp)) return null;
      return { kind: 'description', type, sdp, offerNumber: numberIn(fields.offer_number), connection };
    case 'add_ice_candidate':
      if (typeof media !== 'string' || typeof index !== 'number' || typeof name !== 'string') return null;
      return { kind: 'candidate', media, index, name, connection };
    case 'reconnect':
      return { kind: 'reconnect', connection };
    default:
      return null;
  }
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
