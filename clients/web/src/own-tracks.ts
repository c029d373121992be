/** A track of this player's, and the streams in which the other end finds it. */
export interface OwnTrack {
  readonly track: MediaStreamTrack;
  readonly streams: readonly MediaStream[];
}

/** Whom a track goes to: one player, by peer id, or all. */
export type TrackTarget = number | 'all';

/** The tracks that this player sends, and to whom: also to those who are not in or not linked yet. */
export class OwnTracks {
  /** By whom they go to, and in the order in which they were added. */
  readonly #tracks = new Map<TrackTarget, Map<MediaStreamTrack, OwnTrack>>();

  add(to: TrackTarget, own: OwnTrack): void {
    const tracks = this.#tracks.get(to) ?? new Map();
    this.#tracks.set(to, tracks.set(own.track, own));
  }

  /** From all, also those to whom alone it was added. */
  remove(to: TrackTarget, track: MediaStreamTrack): void {
    for (const [target, tracks] of this.#tracks) if (to === 'all' || target === to) tracks.delete(track);
  }

  /** What one player gets, each track once. */
  to(peerId: number): readonly OwnTrack[] {
    const [all, one] = [this.#tracks.get('all') ?? [], this.#tracks.get(peerId) ?? []];
    return [...new Map([...all, ...one]).values()];
  }
}
