/** What players send each other. A move is 12 bytes and may be lost; a note is JSON and may not. */

export interface Move {
  /** Counts up, since a later move may overtake an earlier one. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export type Note =
  | { readonly kind: 'say'; readonly text: string }
  /** Who is "it" now, and who caught them; the higher count is the news. */
  | { readonly kind: 'tag'; readonly holder: number; readonly count: number; readonly by: number }
  /** How the game stands, for somebody who has not seen it all. */
  | ({ readonly kind: 'stand' } & Stand);

/** How a game stands: the last tag, and how often each player has caught somebody, by peer id. */
export interface Stand {
  readonly holder: number;
  readonly count: number;
  readonly scores: readonly (readonly [peerId: number, catches: number])[];
}

const MOVE_BYTES = 12;
/** Before a move that is passed on. */
const FROM_BYTES = 4;
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
  const fields = fieldsOf(data);
  const { kind, text, holder, count, by } = fields;
  if (kind === 'say' && typeof text === 'string') return { kind, text: text.slice(0, MAX_TEXT) };
  if (kind === 'tag' && isCount(holder) && isCount(count) && isCount(by)) return { kind, holder, count, by };
  if (kind === 'stand') {
    const stand = standIn(fields);
    return stand && { kind, ...stand };
  }
  return null;
}

/** What the host of a star passes on, and whose it is. */
export interface Passed {
  readonly from: number;
  readonly data: string | ArrayBuffer;
}

export function encodePassed(from: number, data: string | ArrayBuffer): string | ArrayBuffer {
  if (typeof data === 'string') return JSON.stringify({ kind: 'passed', from, note: data });
  const bytes = new Uint8Array(FROM_BYTES + data.byteLength);
  new DataView(bytes.buffer).setUint32(0, from);
  bytes.set(new Uint8Array(data), FROM_BYTES);
  return bytes.buffer;
}

/** Null for what somebody says themselves. */
export function decodePassed(data: string | ArrayBuffer): Passed | null {
  if (typeof data !== 'string') {
    if (data.byteLength !== FROM_BYTES + MOVE_BYTES) return null;
    return { from: new DataView(data).getUint32(0), data: data.slice(FROM_BYTES) };
  }
  const { kind, from, note } = fieldsOf(data);
  return kind === 'passed' && isCount(from) && typeof note === 'string' ? { from, data: note } : null;
}

/** What a host leaves with the room. */
export function encodeCheckpoint(stand: Stand): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(stand));
}

/** Null for anything that is none: it comes from a player. */
export function decodeCheckpoint(data: Uint8Array): Stand | null {
  return standIn(fieldsOf(new TextDecoder().decode(data)));
}

const MAX_SCORES = 100;

function standIn({ holder, count, scores }: Record<string, unknown>): Stand | null {
  if (!isCount(holder) || !isCount(count) || !Array.isArray(scores) || scores.length > MAX_SCORES)
    return null;
  const isScore = (score: unknown) => Array.isArray(score) && score.length === 2 && score.every(isCount);
  return scores.every(isScore) ? { holder, count, scores: scores as [number, number][] } : null;
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
