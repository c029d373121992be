/** What players send each other. A move is 12 bytes and may be lost; a note is JSON and may not. */

export interface Move {
  /** Counts up, since a later move may overtake an earlier one. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export type Note =
  | { readonly kind: 'say'; readonly text: string }
  /** Who is "it" now; the higher count is the news. */
  | { readonly kind: 'tag'; readonly holder: number; readonly count: number };

const MOVE_BYTES = 12;
export const MAX_TEXT = 200;

export function encodeMove({ number, x, y }: Move): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(MOVE_BYTES));
  view.setUint32(0, number);
  view.setFloat32(4, x);
  view.setFloat32(8, y);
  return view.buffer;
}

/** Null for anything that is no move. */
export function decodeMove(data: string | ArrayBuffer): Move | null {
  if (typeof data === 'string' || data.byteLength !== MOVE_BYTES) return null;
  const view = new DataView(data);
  const move = { number: view.getUint32(0), x: view.getFloat32(4), y: view.getFloat32(8) };
  return Number.isFinite(move.x) && Number.isFinite(move.y) ? move : null;
}

export function encodeNote(note: Note): string {
  return JSON.stringify(note);
}

/** Null for anything that is no note. */
export function decodeNote(data: string | ArrayBuffer): Note | null {
  if (typeof data !== 'string') return null;
  const { kind, text, holder, count } = fieldsOf(data);
  if (kind === 'say' && typeof text === 'string') return { kind, text: text.slice(0, MAX_TEXT) };
  if (kind === 'tag' && isCount(holder) && isCount(count)) return { kind, holder, count };
  return null;
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
