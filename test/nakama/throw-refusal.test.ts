import { throwRefusal } from '../../src/nakama/throw-refusal.ts';
import { refuse } from '../../src/protocol/refusal.ts';
import { thrownBy } from '../support/nk.ts';

test.each([
  ['bad-request', 3],
  ['match-not-found', 5],
  ['not-host', 7],
  ['too-many-rooms', 8],
  ['too-few-players', 9],
  ['match-sealed', 9],
  ['host-left', 9],
  ['busy', 14],
] as const)('%s is thrown as a plain object with gRPC status %d', (code, status) => {
  const thrown = thrownBy(() => throwRefusal(refuse(code, 'why')));
  expect(thrown).toEqual({ message: `${code}: why`, code: status });
  expect(thrown).not.toBeInstanceOf(Error);
});
