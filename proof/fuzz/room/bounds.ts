import { pendingBytesOf } from '../../../src/room/messages/pending.ts';
import type { Traffic } from '../../../src/room/messages/traffic.ts';
import type { Room } from '../../../src/room/room.ts';

/** A state may take so many characters of JSON, for those who are kept out or may come in, and for each member. */
const STATE = 6_000;
const DOOR = 12_000;
const MEMBER = 4_000;

/** Whatever is sent, what a match keeps follows from how many are in it. @throws what does not. */
export function demandBounds(room: Room, traffic: Traffic): void {
  const { seats, pending, links, rules } = room;
  const { length: count } = seats;
  const ids = new Set(seats.map(({ id }) => id));
  const messages = pending.queues.flatMap((queue) => queue.messages.map((one) => ({ to: queue.to, ...one })));
  const { ofSender, ofRoom } = pendingBytesOf(rules);
  for (const id of ids) {
    const waiting = pending.queues.find(({ to }) => to === id)?.messages.length ?? 0;
    demand(waiting <= rules.heldMessages, 'waiting messages', waiting);
    const bytes = bytesOf(messages.filter(({ from }) => from === id));
    demand(bytes <= ofSender, 'waiting bytes of a sender', bytes);
  }
  demand(bytesOf(messages) <= ofRoom, 'waiting bytes', bytesOf(messages));
  const orphans = messages.filter(({ from, to }) => !ids.has(from) || !ids.has(to)).length;
  demand(orphans === 0, 'waiting messages of those who are gone', orphans);
  const reports = links.reduce((sum, { connected, failed }) => sum + connected.length + failed.length, 0);
  demand(reports <= count * count, 'link reports', reports);
  demand(room.statuses.length <= count, 'statuses', room.statuses.length);
  demand(room.door.passes.length <= 64, 'passes', room.door.passes.length);
  demand(room.door.bans.length <= 128, 'bans', room.door.bans.length);
  demand(traffic.uses.length <= count + 1, 'budgets', traffic.uses.length);
}

/** The same for all of it together, which takes longer to see. @throws when it is too large. */
export function demandSize(room: Room, traffic: Traffic): void {
  const { length: count } = room.seats;
  const size = JSON.stringify({ room: { ...room, pending: null }, traffic }).length;
  demand(size <= STATE + DOOR + MEMBER * count, 'characters of state', size);
}

function bytesOf(messages: readonly { readonly payload: string }[]): number {
  return messages.reduce((sum, { payload }) => sum + Buffer.byteLength(payload, 'base64'), 0);
}

function demand(isMet: boolean, what: string, count: number): void {
  if (!isMet) throw new Error(`demanded: a bound on ${what}, there are ${count}`);
}
