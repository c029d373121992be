import type { Via } from '../../../src/protocol/link-report.ts';

/** How a connection's data goes. */
export interface Path {
  readonly via: Exclude<Via, 'server'>;
  /** Whether this player's own address is a TURN server's. */
  readonly isOwnRelay: boolean;
  /** As ICE measures it; null where WebRTC does not tell. */
  readonly rttMs: number | null;
}

/** Of the pair of candidates in use; null while there is none, or where WebRTC does not tell. */
export async function pathOf(connection: RTCPeerConnection): Promise<Path | null> {
  // There is nothing to ask, and WebRTC for Node may not survive the question.
  if (connection.connectionState === 'closed') return null;
  try {
    const reports = [...((await connection.getStats()) as unknown as Map<string, Report>).values()];
    const pair = reports.find(
      ({ type, state, nominated }) =>
        type === 'candidate-pair' && nominated === true && state === 'succeeded',
    );
    if (pair === undefined) return null;
    const isRelay = (end?: string) => reports.find(({ id }) => id === end)?.candidateType === 'relay';
    const isOwnRelay = isRelay(pair.localCandidateId);
    const isRelayed = isOwnRelay || isRelay(pair.remoteCandidateId);
    const { currentRoundTripTime: seconds } = pair;
    const rttMs = typeof seconds === 'number' ? Math.round(seconds * 1000) : null;
    return { via: isRelayed ? 'turn' : 'direct', isOwnRelay, rttMs };
  } catch {
    return null;
  }
}

/** Of the fields of WebRTC's statistics those that matter here. */
interface Report {
  readonly id: string;
  readonly type: string;
  readonly state?: string;
  readonly nominated?: boolean;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly currentRoundTripTime?: number;
}
