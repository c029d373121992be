import { memberOf } from '../room/queries.ts';
import type { Room } from '../room/room.ts';
import type { Carried } from './signals.ts';

/** The last message of each session that came by the slow way as well as with a later signal. */
export type LateMarks = readonly { readonly sessionId: string; readonly late: number }[];

/** Whether a message has been taken already; `late` is 0 for those that only ever come once. */
export function isTaken(marks: LateMarks, sessionId: string, late: number): boolean {
  return late !== 0 && marks.some((mark) => mark.sessionId === sessionId && late <= mark.late);
}

export function markTaken(marks: LateMarks, sessionId: string, late: number): LateMarks {
  if (late === 0) return marks;
  return [...marks.filter((mark) => mark.sessionId !== sessionId), { sessionId, late }];
}

/** Forgets the marks of those who are no longer in the room. */
export function forgetMarks(marks: LateMarks, room: Room): LateMarks {
  return marks.length === 0 ? marks : marks.filter(({ sessionId }) => memberOf(room, sessionId) !== null);
}

/** A message as it travels in match data on the slow way: its numbers, then its bytes in base64. */
export function encodeLate({ opCode, late, payload }: Carried): string {
  return `${opCode} ${late} ${payload}`;
}

export function decodeLate(text: string): Carried | null {
  const [opCode, late, payload] = text.split(' ');
  if (opCode === undefined || late === undefined || payload === undefined) return null;
  return { opCode: Number(opCode), late: Number(late), payload };
}
