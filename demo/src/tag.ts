/** A tag: the last time anybody was caught, as far as this player has heard. */
export interface Tag {
  readonly holder: number;
  readonly count: number;
}

export const NOBODY_YET: Tag = { holder: 0, count: 0 };

/** Who is "it": whom the last tag caught or, when they have left or nobody was caught yet, the lowest peer id. */
export function holderOf({ holder }: Tag, peerIds: readonly number[]): number | null {
  if (peerIds.includes(holder)) return holder;
  return peerIds.length === 0 ? null : Math.min(...peerIds);
}

/** The same one of two tags for everybody, whichever was heard first. */
export function newerOf(a: Tag, b: Tag): Tag {
  if (a.count !== b.count) return a.count > b.count ? a : b;
  return a.holder <= b.holder ? a : b;
}
