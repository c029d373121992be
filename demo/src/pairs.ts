import type { LinkFailure, LinkState, OnlineMatch, Player, Via } from '../../clients/web/src/index.ts';

/** Two players who are to be linked, by peer id, and how their link is. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly state: LinkState;
  /** By which way their data goes; null while it does not, or the way is not known yet. */
  readonly via: Via | null;
  readonly rttMs: number | null;
  readonly reason: LinkFailure | null;
}

/** All pairs of a match: of this player's own links what is known here, of the others' what the server says. */
export function pairsOf(match: OnlineMatch): Pair[] {
  const { room, players, self } = match;
  const bySession = new Map(players.map((player) => [player.sessionId, player]));
  const pairs: Pair[] = [];
  const links = room?.links ?? ownLinksOf(match);
  for (const { a: one, b: other, ...link } of links) {
    const [a, b] = [bySession.get(one), bySession.get(other)].sort(
      (x, y) => (x?.peerId ?? 0) - (y?.peerId ?? 0),
    );
    if (a === undefined || b === undefined) continue;
    const isOwn = a.peerId === self?.peerId || b.peerId === self?.peerId;
    const theirs = a.peerId === self?.peerId ? b : a;
    pairs.push({ ...link, ...(isOwn && ownStateOf(match, theirs)), a: a.peerId, b: b.peerId });
  }
  return pairs;
}

/** The pair of this player and another. */
export function pairWith(pairs: readonly Pair[], self: number, other: number): Pair | undefined {
  return pairs.find(({ a, b }) => (a === self && b === other) || (a === other && b === self));
}

/** Where no server tells. */
function ownLinksOf({ players, self }: OnlineMatch) {
  return players
    .filter(({ peerId }) => self !== null && peerId !== self.peerId)
    .map(({ sessionId, status }) => ({
      ...{ a: self?.sessionId ?? '', b: sessionId, state: status },
      ...{ via: null, rttMs: null, reason: null },
    }));
}

function ownStateOf(match: OnlineMatch, { peerId, status, via }: Player): Partial<Pair> {
  if (status !== 'connected') return { state: status, via: null, rttMs: null };
  const rttMs = tripTo(match, peerId);
  return { state: status, via, ...(rttMs !== null && { rttMs }) };
}

function tripTo(match: OnlineMatch, peerId: number): number | null {
  try {
    return match.statsOf(peerId).rttMs;
  } catch {
    return null; // In a star that has a new host it is not there yet.
  }
}

const WAYS: { readonly [via in Via]: string } = { direct: 'direct', turn: 'TURN', server: 'server' };

/** `TURN`, in a word. */
export function wayOf({ state, via }: Pair): string {
  if (state === 'connected') return via === null ? 'connected' : WAYS[via];
  return state === 'failed' ? 'failed' : 'connecting …';
}

/** `12 ms`, or nothing while it is not known. */
export function tripOf({ state, rttMs }: Pair): string {
  if (state !== 'connected' || rttMs === null) return '';
  if (rttMs >= 1000) return `${(rttMs / 1000).toFixed(1)} s`;
  return rttMs < 1 ? '< 1 ms' : `${Math.round(rttMs)} ms`;
}
