/** How a link does right now. */
export interface LinkStats {
  readonly roundTripMs: number;
  /** Whether it goes through a TURN server. */
  readonly isRelayed: boolean;
}

/** Null until the connection has measured. */
export async function statsOf(connection: RTCPeerConnection): Promise<LinkStats | null> {
  const report = await connection.getStats();
  const all: Stats[] = [];
  report.forEach((stats: Stats) => {
    all.push(stats);
  });
  const pair = all.find(
    (stats) => stats.type === 'candidate-pair' && stats.nominated && stats.state === 'succeeded',
  );
  if (pair?.currentRoundTripTime === undefined) return null;
  const local = all.find(({ id }) => id === pair.localCandidateId);
  return { roundTripMs: pair.currentRoundTripTime * 1000, isRelayed: local?.candidateType === 'relay' };
}

interface Stats {
  readonly id: string;
  readonly type: string;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly currentRoundTripTime?: number;
  readonly localCandidateId?: string;
  readonly candidateType?: string;
}
