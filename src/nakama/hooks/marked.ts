/** Ticket property or session variable by which clients ask for a room, where not all get one. */
const MARK = 'online_match';

export function isMarked(given: { readonly [key: string]: unknown } | null | undefined): boolean {
  return given !== null && given !== undefined && MARK in given;
}
