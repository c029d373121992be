import { inNewVm } from '../../../kit/match/nk.ts';
import type * as Parts from '../../../src/nakama/idle/parts.ts';

/** The parts in a VM that has none yet, and the names of those that were evaluated since it was last asked. */
function newVm() {
  const evaluated: string[] = [];
  const evaluate = (name: string) => {
    evaluated.push(name);
    return { name: () => name };
  };
  Object.assign(globalThis, { evaluate });
  const { part, forgetUnused } = inNewVm(() => require('../../../src/nakama/idle/parts.ts') as typeof Parts);
  return { part, forgetUnused, evaluated: () => evaluated.splice(0) };
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'evaluate');
});

test('a part is evaluated when it is first called, and only then', () => {
  const { part, evaluated } = newVm();
  expect(evaluated()).toEqual([]);
  expect(part('match')).toBe(part('match'));
  part('outside-matches');
  expect(evaluated()).toEqual(['match', 'outside-matches']);
});

test('a part that is called between two times of forgetting stays, another goes', () => {
  const { part, forgetUnused, evaluated } = newVm();
  part('match');
  part('outside-matches');
  forgetUnused();
  part('match');
  forgetUnused();
  evaluated();
  part('match');
  part('outside-matches');
  expect(evaluated()).toEqual(['outside-matches']);
});

test('a part stays for one time of forgetting, and goes at the second', () => {
  const { part, forgetUnused, evaluated } = newVm();
  part('match');
  forgetUnused();
  part('match');
  expect(evaluated()).toEqual(['match']);
  forgetUnused();
  forgetUnused();
  part('match');
  expect(evaluated()).toEqual(['match']);
});
