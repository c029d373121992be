import { nkWith } from '../../../kit/match/nk.ts';
import { isRoom, labelOfMatch } from '../../../src/nakama/server/match-label.ts';

const ROOM = '{"kind":"online_match","phase":"ready"}';
const withLabel = (label: string | null) => nkWith({ matchGet: () => label && { label } });

test('a room is told by its label', () => {
  expect(isRoom(withLabel(ROOM), 'uuid.node')).toBe(true);
  expect(isRoom(withLabel('{"kind":"chess"}'), 'uuid.node')).toBe(false);
  expect(isRoom(withLabel(''), 'uuid.node')).toBe(false);
  expect(isRoom(withLabel(null), 'uuid.node')).toBe(false);
});

test.each(['', 'x', '.', 'uuid.', '.node'])(
  '%j is no authoritative match, which Nakama need not be asked',
  (id) => {
    expect(labelOfMatch(nkWith(), id)).toBeNull();
  },
);

test('an id that Nakama cannot read is of no match', () => {
  const matchGet = () => {
    throw new Error('invalid match id');
  };
  expect(labelOfMatch(nkWith({ matchGet }), 'x.y')).toBeNull();
});
