/** Where players and the labels of their links are in a ring of them, in units of its picture. */

export const RING_WIDTH = 240;
export const RING_HEIGHT = 200;
export const NODE = 12;
const RADIUS = 80;
/** With more players only the links of one of them have room for labels. */
const ALL_LABELLED = 4;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The places of so many players, clockwise; four make a square that stands on a side. */
export function placesOf(count: number): Place[] {
  const turn = count === 4 ? -0.75 * Math.PI : -0.5 * Math.PI;
  return Array.from({ length: count }, (_, index) => {
    const angle = turn + (2 * Math.PI * index) / count;
    return {
      x: RING_WIDTH / 2 + RADIUS * (count === 1 ? 0 : Math.cos(angle)),
      y: RING_HEIGHT / 2 + RADIUS * (count === 1 ? 0 : Math.sin(angle)),
    };
  });
}

/** Where the label of the link between the players of these numbers stands, one of them `own`; null where it has no room. */
export function labelPlace(a: number, b: number, own: number, places: readonly Place[]): Place | null {
  const count = places.length;
  const isSide = Math.abs(a - b) === 1 || Math.abs(a - b) === count - 1;
  if (count > ALL_LABELLED) {
    if (a !== own && b !== own) return null;
    return between(places[own], places[a === own ? b : a], isSide ? 0.5 : 0.74);
  }
  // The diagonals of a square would have their middle in common.
  return between(places[a], places[b], isSide ? 0.5 : 0.3);
}

function between(from: Place | undefined, to: Place | undefined, part: number): Place | null {
  if (from === undefined || to === undefined) return null;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
