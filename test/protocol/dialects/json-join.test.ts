import { decodeJson } from '../../../src/protocol/dialects/json.ts';

const decode = (opCode: number, fields: unknown) => decodeJson(opCode, JSON.stringify(fields));
const players = {
  a: { session_id: 'a', username: 'anna', peer_id: 1 },
  b: { session_id: 'b', username: 'bert', peer_id: 2, spectator: true },
};
const entries = [
  { sessionId: 'a', peerId: 1, spectator: false },
  { sessionId: 'b', peerId: 2, spectator: true },
];

test('a 9002 with players is a host’s word, in dialect A or R', () => {
  expect(decode(9002, { players, client_version: '1.0' })).toEqual({
    content: { type: 'join-success', clientVersion: '1.0', players: entries },
    dialect: null,
  });
});

test('a 9004 with players is that of a host of dialect R', () => {
  expect(decode(9004, { players })).toEqual({
    content: { type: 'join-success', clientVersion: '', players: entries },
    dialect: 'R',
  });
});

test('a host’s version that is missing is the empty one, as older variants have it', () => {
  expect(decode(9002, { players })?.content).toMatchObject({ clientVersion: '' });
});

test('a 9002 without players asks to be let in, in dialect R', () => {
  expect(decode(9002, { client_version: '1.0', spectator: true })).toEqual({
    content: { type: 'join-request', clientVersion: '1.0', spectator: true },
    dialect: 'R',
  });
  expect(decode(9002, {})?.content).toEqual({ type: 'join-request', clientVersion: null, spectator: false });
});

/** A host's list, as variants with the most fields write it. */
const listOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const id = `${index}`.padStart(36, '0');
      const player = {
        session_id: id,
        user_id: id,
        username: `n, "${index}"`,
        peer_id: index + 1,
        spectator: false,
      };
      return [id, player];
    }),
  );

test('a host may list as many players as any room has seats, and not many more', () => {
  expect(decode(9002, { client_version: '1.0', players: listOf(64) })?.content).toMatchObject({
    type: 'join-success',
  });
  expect(decode(9002, { client_version: '1.0', players: listOf(101) })).toBeNull();
  const short = Object.fromEntries(
    Array.from({ length: 101 }, (_, index) => [index, { peer_id: index + 1 }]),
  );
  expect(decode(9004, { players: short })).toBeNull();
});

test('a 9003 refuses a player, with or without a code', () => {
  const refusal = { target: 'b', reason: 'full' };
  expect(decode(9003, refusal)).toEqual({
    content: { type: 'join-error', ...refusal, code: null },
    dialect: null,
  });
  expect(decode(9003, { ...refusal, code: 1 })?.content).toMatchObject({ code: 1 });
  expect(decode(9003, { ...refusal, code: 'x' })?.content).toMatchObject({ code: null });
});

test('a 9001 with a node path and without a target is a game’s own call', () => {
  expect(decode(9001, { node_path: 'Game', method: 'hit' })?.content).toEqual({ type: 'foreign' });
  expect(decode(9001, { node_path: 7, method: 'hit' })).toBeNull();
  expect(decode(9001, { target: 'b' })?.content).toEqual({ type: 'foreign' });
  expect(decode(9001, { node_path: 'Game', method: 'reconnect', target: 'b' })?.content.type).toBe(
    'peer-method',
  );
});

test.each([
  [9002, { players, client_version: 'x'.repeat(65) }],
  [9002, { client_version: 'x'.repeat(65) }],
  [9002, { players: { ['a'.repeat(65)]: players.a } }],
  [9003, { target: 'b'.repeat(65), reason: 'full' }],
  [9003, { target: 'b', reason: 'x'.repeat(513) }],
  [9011, { peer: 'b'.repeat(65), state: 'connected' }],
  [9002, { players: null }],
  [9002, { players: 'a' }],
  [9002, { players, client_version: 1 }],
  [9002, { players: { a: null } }],
  [9002, { players: { a: 1 } }],
  [9002, { players: { a: players.a, b: {} } }],
  [9002, { players: { a: { peer_id: 1.5 } } }],
  [9002, { client_version: 1 }],
  [9004, {}],
  [9003, { target: 'b' }],
  [9003, { target: '', reason: 'full' }],
  [9003, { target: 'b', reason: 1 }],
  [9003, { reason: 'full' }],
  [9010, { players }],
  [1, {}],
])('%d with %j says nothing', (opCode, fields) => {
  expect(decode(opCode, fields)).toBeNull();
});
