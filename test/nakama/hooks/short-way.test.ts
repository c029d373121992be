import fc from 'fast-check';
import { type Doing, Meeting } from './meeting.ts';

const PLAYERS = 4;
const JOINS = Array.from({ length: PLAYERS }, (_, who): Doing => ({ what: 'join', who }));

const who = fc.nat(PLAYERS - 1);
const as = <What extends Doing['what']>(...whats: readonly What[]) => fc.constantFrom(...whats);
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ what: as('send'), from: who, to: who }) },
  { weight: 6, arbitrary: fc.record({ what: as('drop', 'resume'), who }) },
  { weight: 2, arbitrary: fc.record({ what: as('tick', 'seal') }) },
  { weight: 1, arbitrary: fc.record({ what: as('leave', 'kick'), who }) },
);
const doings = fc.array(doing, { minLength: 30, maxLength: 120 });

test('hook and match in any order: no signal is lost, told twice, overtaken, or told to who is not in', () => {
  let [passedOn, said] = [0, 0];
  fc.assert(
    fc.property(doings, fc.nat(PLAYERS), fc.nat(2 ** 31), (done, gathered, seed) => {
      const meeting = new Meeting(PLAYERS, [...JOINS, ...done], seed);
      meeting.gather(gathered);
      meeting.play();
      meeting.demandAll();
      passedOn += meeting.passedOn;
      said += meeting.said.length;
      expect(meeting.found).toEqual([]);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  expect(passedOn).toBeGreaterThan(0);
  expect(said).toBeGreaterThan(passedOn);
});
