import { isNonEmptyString, parseObject } from '../fields.ts';
import { isRoomLabel } from '../label.ts';
import { type Decoded, decodeRequest } from './request.ts';

// get_online_match: what a listing shows of one match.

/** The server reads the request. */
export function decodeGetRequest(payload: string): Decoded<{ readonly matchId: string }> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
  }));
}

/** The server answers a match's label, but for what is in it for queries; null when it is not a room's. */
export function encodeListed(matchId: string, label: string): string | null {
  const fields = isRoomLabel(label) ? parseObject(label) : null;
  if (fields === null) return null;
  const { kind: _kind, version_key: _key, ...shown } = fields;
  return JSON.stringify({ match_id: matchId, ...shown });
}
