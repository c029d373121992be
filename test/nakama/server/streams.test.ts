import { nkWith } from '../../../kit/match/nk.ts';
import { isRoom, isTracked, labelOfMatch, streamOf } from '../../../src/nakama/server/streams.ts';

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

test('the stream of a match is named by its id and node', () => {
  expect(streamOf('uuid.node')).toEqual({ mode: 6, subject: 'uuid', label: 'node' });
});

test('a session is tracked when Nakama finds it in the stream', () => {
  const asked: unknown[][] = [];
  const found = (answer: unknown) =>
    nkWith({
      streamUserGet: (...args: unknown[]) => {
        asked.push(args);
        return answer;
      },
    });
  expect(isTracked(found({ username: 'anna' }), 'uuid.node', 'user', 'session')).toBe(true);
  expect(isTracked(found(null), 'uuid.node', 'user', 'session')).toBe(false);
  expect(asked[0]).toEqual(['user', 'session', streamOf('uuid.node')]);
  const failing = nkWith({
    streamUserGet: () => {
      throw new Error('gone');
    },
  });
  expect(isTracked(failing, 'uuid.node', 'user', 'session')).toBe(false);
});
