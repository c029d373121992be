import { isNonEmptyString } from '../fields.ts';
import { isPeerIdValue } from '../player.ts';
import type { HostView } from '../snapshot.ts';
import { type Decoded, decodeRequest, termIn } from './request.ts';

// transfer_online_match: the host makes another player host.

export interface TransferRequest {
  readonly matchId: string;
  /** Of the next host. */
  readonly peerId: number;
  /** Of the host, as the caller knows it; null where they do not care. */
  readonly term: number | null;
}

/** Clients write the request. */
export function encodeTransferRequest({ matchId, peerId, term }: TransferRequest): string {
  return JSON.stringify({ match_id: matchId, peer_id: peerId, term: term ?? undefined });
}

/** The server reads it. */
export function decodeTransferRequest(payload: string): Decoded<TransferRequest> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
    peerId: fields.required('peer_id', isPeerIdValue, 'the peer id of a player'),
    term: termIn(fields),
  }));
}

/** The server answers who is host now. */
export function encodeTransferred(matchId: string, { peerId, term }: HostView): string {
  return JSON.stringify({ match_id: matchId, host: { peer_id: peerId, term } });
}
