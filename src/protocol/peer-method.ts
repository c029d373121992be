import { isNonEmptyString, parseObject } from './fields.ts';

/**
 * What a 9001 asks its target to do. The server forwards the sender's own bytes; this is only what it
 * must know of them.
 */
export interface PeerMethod {
  readonly kind: 'description' | 'candidate' | 'reconnect';
  /** Session id of the peer that the message is for. */
  readonly target: string;
}

/**
 * Reads the JSON of a 9001: `{method, target}` with, for `set_remote_description`, `type` and `sdp`; for
 * `add_ice_candidate`, `media`, `index` and `name`; for `reconnect`, nothing more. Null when a field is
 * missing or of another type, since the addon's own receiver would stop with a script error on it.
 */
export function decodePeerMethod(text: string): PeerMethod | null {
  const fields = parseObject(text);
  if (fields === null || !isNonEmptyString(fields.target)) return null;
  const kind = kindOf(fields);
  return kind === null ? null : { kind, target: fields.target };
}

function kindOf(fields: Record<string, unknown>): PeerMethod['kind'] | null {
  switch (fields.method) {
    case 'set_remote_description':
      return isDescription(fields) ? 'description' : null;
    case 'add_ice_candidate':
      return isCandidate(fields) ? 'candidate' : null;
    case 'reconnect':
      return 'reconnect';
    default:
      return null;
  }
}

function isDescription({ type, sdp }: Record<string, unknown>): boolean {
  return (type === 'offer' || type === 'answer') && isNonEmptyString(sdp);
}

function isCandidate({ media, index, name }: Record<string, unknown>): boolean {
  return typeof media === 'string' && Number.isInteger(index) && typeof name === 'string';
}
