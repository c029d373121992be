import { errorFrom } from '../../../clients/web/src/errors.ts';
import { OnlineMatchError } from '../../../clients/web/src/index.ts';

test.each([
  ['match-full: This match is full.', 'match-full', 'This match is full.'],
  ['bad-request: min_players: a whole number', 'bad-request', 'min_players: a whole number'],
  ['a-code-of-a-newer-server: Why.', 'a-code-of-a-newer-server', 'Why.'],
  ['rpc error: code = 5', 'unknown', 'rpc error: code = 5'],
  ['Version: no', 'unknown', 'Version: no'],
])('%p has the code before its sentence', (message, code, sentence) => {
  for (const cause of [message, { code: 7, message }, new Error(message)]) {
    const error = errorFrom(cause);
    expect(error).toBeInstanceOf(OnlineMatchError);
    expect(error).toMatchObject({ name: 'OnlineMatchError', code, message: sentence, cause });
  }
});

const noSuchMatch = 'There is no such match, or it has ended.';

test.each([
  [4, 'Match not found', 'match-not-found', noSuchMatch],
  [3, 'Invalid match ID', 'match-not-found', noSuchMatch],
  [3, 'No match ID or token found', 'match-not-found', noSuchMatch],
  [3, 'Invalid match token', 'match-not-found', /^The match that the matchmaker made has ended/],
  [5, 'Match is not currently accepting join requests', 'busy', /^Too many join/],
  [0, 'Error adding to matchmaker', 'bad-request', /^The matchmaker does not understand/],
  [6, 'RPC function not found', 'unsupported', /^This server has no online matches/],
])('what Nakama itself says gets a code and our sentence: %i %p', (number, message, code, sentence) => {
  const error = errorFrom({ code: number, message });
  expect(error).toMatchObject({ code, cause: { message } });
  expect(error.message).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
});

test.each([
  [5, 'Match join rejected', 'join-rejected'],
  [3, 'Invalid maximum count, must be >= minimum count', 'bad-request'],
  [4, 'No such thing', 'match-not-found'],
  [7, 'Something else', 'unknown'],
])('what others say keeps its words: %i %p', (number, message, code) => {
  expect(errorFrom({ code: number, message })).toMatchObject({ code, message });
});

test.each([
  ['The socket timed out while waiting for a response.', 'timed-out'],
  ['Socket connection has not been established yet.', 'disconnected'],
  [undefined, 'unknown'],
  [{ type: 'close' }, 'unknown'],
])('so does what nakama-js says: %p', (cause, code) => {
  expect(errorFrom(cause)).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
});

test('an error of this library stays as it is', () => {
  const error = new OnlineMatchError('left', 'The match was left.');
  expect(errorFrom(error)).toBe(error);
});
