import { parseObject } from './fields.ts';

// 9015: a frame of two players' data, through the server, and opaque to it but for its first byte. 9017: what the
// server says to whoever sends more than it passes on.

/** How a frame begins that its sender keeps until it has arrived, and sends again: it is told to wait. All others may be lost. */
export const RELIABLE_FRAME = 1;

/** The server writes it, to whom a reliable frame was not passed on: milliseconds to wait before the next. */
export function encodeSlowDown(ms: number): string {
  return JSON.stringify({ slow_down: ms });
}

/** Clients read it; null where it is no 9017. */
export function decodeSlowDown(text: string): number | null {
  const ms = parseObject(text)?.slow_down;
  return typeof ms === 'number' && ms >= 0 ? ms : null;
}
