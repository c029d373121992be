import fc from 'fast-check';
import { type Doing, events, FOUNDINGS, foundRoom, setup } from '../../../kit/room/doings.ts';
import { adoptedBy, created, person } from '../../../kit/room/foundings.ts';
import { play } from '../../../kit/room/play.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';
import {
  hasJoined,
  hasReply,
  isConfirmed,
  isIntroduced,
  moved,
  newSeat,
  type SeatEvent,
  STAGES,
  type Stage,
} from '../../../src/room/seats/seat.ts';

const seat = newSeat(1, person('a'), { version: null, announced: false, can: [] }, 3);
const stages = Object.keys(STAGES) as Stage[];
const seatEvents = [
  'attempted',
  'joined',
  'answered',
  'introduced',
  'withdrawn',
  'disconnected',
  'resumed',
] as const satisfies SeatEvent[];

test('a seat moves as the table says, from the tick of the event on, and else stays the very seat', () => {
  for (const stage of stages) {
    for (const event of seatEvents) {
      const after = moved({ ...seat, stage }, event, 9);
      const next = STAGES[stage][event];
      expect(after).toEqual(next === undefined ? null : { ...seat, stage: next, since: 9 });
    }
  }
});

test('a seat is confirmed when it joined and was answered, in any order and however often', () => {
  const sequence = fc.array(fc.constantFrom('joined' as const, 'answered' as const), { maxLength: 6 });
  fc.assert(
    fc.property(sequence, (doings) => {
      const after = doings.reduce((before, event) => moved(before, event, 0) ?? before, seat);
      expect(hasJoined(after)).toBe(doings.includes('joined'));
      expect(hasReply(after)).toBe(doings.includes('answered'));
      expect(isConfirmed(after)).toBe(doings.includes('joined') && doings.includes('answered'));
      expect(isIntroduced(after)).toBe(false);
    }),
  );
});

test('a seat in a room only ever goes where the table leads, by one event or several at once', () => {
  const reachable = new Map(stages.map((stage) => [stage, closureOf(stage)]));
  const foundings = fc.constantFrom(...(Object.keys(FOUNDINGS) as (keyof typeof FOUNDINGS)[]));
  const seen = new Set<string>();
  fc.assert(
    fc.property(foundings, setup, events, (founding, options, sequence: readonly Doing[]) => {
      const room = foundRoom(founding, options);
      const stagesIn = () => new Map(room.room.seats.map(({ id, stage }) => [id, stage]));
      let before = stagesIn();
      for (const [index, doing] of sequence.entries()) {
        play(room, doing, `${index}`, () => {
          const after = stagesIn();
          for (const [id, stage] of after) {
            const from = before.get(id) ?? 'reserved';
            if (!reachable.get(from)?.has(stage)) throw new Error(`from ${from} to ${stage}`);
            seen.add(stage);
          }
          before = after;
        });
      }
    }),
    { numRuns: 200 },
  );
  expect([...seen].sort()).toEqual([...stages].sort());
});

test('an introduction is withdrawn when the host of an adopted room speaks the addon’s language', () => {
  const room = roomDriver(adoptedBy('h')).hear('h').enter('b');
  expect(room.member('b')?.stage).toBe('introduced');
  expect(room.send('h', 'x').member('b')?.stage).toBe('confirmed');
  expect(room.grant('h', { h: 1, b: 2 }).member('b')?.stage).toBe('introduced');
});

test('seats have numbers of their own, which are not given again', () => {
  const room = roomDriver(created('a')).enter('a', 'b').leave('b').enter('c', 'b');
  expect(room.room.seats.map(({ id, sessionId }) => `${id} ${sessionId}`)).toEqual(['1 a', '3 c', '4 b']);
});

test('a seat that is asked for again before it was taken is the same one', () => {
  const room = roomDriver(created('a')).enter('a').seat('b').send('a', 'b', 'early').seat('b');
  expect(room.join('b').hear('b').told).toContain('a → b: early');
});

/** Where the table leads from a stage, itself included. */
function closureOf(stage: Stage): ReadonlySet<Stage> {
  const found = new Set<Stage>([stage]);
  for (const one of found) for (const next of Object.values(STAGES[one])) found.add(next);
  return found;
}
