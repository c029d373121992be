import { nkWith } from '../../../kit/match/nk.ts';
import { isTracked, streamOf } from '../../../src/nakama/server/streams.ts';

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
