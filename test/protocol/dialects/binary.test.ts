import fc from 'fast-check';
import {
  decodeBinary,
  encodeBinaryJoinError,
  encodeBinaryJoinSuccess,
} from '../../../src/protocol/dialects/binary.ts';

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]);
const byte = (...values: number[]) => Buffer.from(values);

function bufferOf(...parts: Buffer[]): ArrayBuffer {
  return new Uint8Array(Buffer.concat(parts)).buffer;
}

/** As Nakama turns into base64 what it is given. */
const bytesOf = (written: string | ArrayBuffer) =>
  typeof written === 'string' ? Buffer.from(written) : Buffer.from(written);

const players = [
  { sessionId: 'b', userId: 'user-b', username: 'bért', peerId: 2, spectator: false },
  { sessionId: 'a', userId: 'user-a', username: '😀', peerId: 70_000, spectator: false },
];

test.each([
  [0, 'description', [byte(18), text('offer'), byte(18), text('v=0')]],
  [1, 'candidate', [byte(18), text('0'), byte(9), int32(0), byte(18), text('candidate:1')]],
  [2, 'reconnect', []],
] as const)('a 9001 of method %d is a %s', (method, kind, args) => {
  const count = args.filter((part) => part.length === 1).length;
  expect(decodeBinary(9001, bufferOf(byte(method), text('b'), byte(count), ...args))).toEqual({
    content: { type: 'peer-method', kind, target: 'b' },
    dialect: 'C',
  });
});

test.each([
  [3, 1],
  [6, 1],
  [9, 4],
  [11, 8],
  [13, 4],
  [14, 8],
])('an argument of .NET type %d takes %d bytes', (typeCode, size) => {
  const message = (bytes: number) =>
    bufferOf(byte(2), text('b'), byte(1), byte(typeCode), Buffer.alloc(bytes));
  expect(decodeBinary(9001, message(size))).not.toBeNull();
  expect(decodeBinary(9001, message(size + 1))).toBeNull();
  expect(decodeBinary(9001, message(size - 1))).toBeNull();
});

test('a 9002 lists players and the version; what is written can be read', () => {
  const encoded = encodeBinaryJoinSuccess(players, 'dév');
  const entries = players.flatMap(({ sessionId, username, peerId }) => [
    text(sessionId),
    text(username),
    int32(peerId),
  ]);
  expect(bytesOf(encoded)).toEqual(Buffer.concat([int32(2), ...entries, text('dév')]));
  expect(decodeBinary(9002, bufferOf(bytesOf(encoded)))?.content).toEqual({
    type: 'join-success',
    clientVersion: 'dév',
    players: players.map(({ sessionId, peerId }) => ({ sessionId, peerId, spectator: false })),
  });
});

test('a 9003 names target, code and reason; what is written can be read', () => {
  const encoded = encodeBinaryJoinError('b', 'match-full', 'Full.');
  expect(bytesOf(encoded)).toEqual(Buffer.concat([text('b'), int32(1), text('Full.')]));
  expect(decodeBinary(9003, bufferOf(bytesOf(encoded)))?.content).toEqual({
    type: 'join-error',
    target: 'b',
    code: 1,
    reason: 'Full.',
  });
});

const entry = Buffer.concat([text('a'), text('name'), int32(1)]);

test.each([
  ['an unknown method', 9001, [byte(3), text('b'), byte(0)]],
  ['an empty target', 9001, [byte(2), text(''), byte(0)]],
  ['bytes left over', 9001, [byte(2), text('b'), byte(0), byte(0)]],
  ['an argument that is missing', 9001, [byte(2), text('b'), byte(1)]],
  ['an argument of an unknown type', 9001, [byte(2), text('b'), byte(1), byte(99)]],
  ['a text longer than the message', 9001, [byte(2), int32(1_000_000), byte(0)]],
  ['a negative length', 9001, [byte(2), int32(-1), byte(0)]],
  ['what is no UTF-8', 9001, [byte(2), int32(1), byte(0xff), byte(0)]],
  ['more players than there can be', 9002, [int32(2 ** 30)]],
  ['a target longer than a session id', 9001, [byte(2), text('b'.repeat(65)), byte(0)]],
  ['more arguments than any method has', 9001, [byte(2), text('b'), byte(17), ...Array(17).fill(byte(3, 1))]],
  ['more players than any room has', 9002, [int32(101), ...Array(101).fill(entry), text('dev')]],
  ['a long version', 9002, [int32(1), entry, text('x'.repeat(65))]],
  ['a long reason', 9003, [text('b'), int32(1), text('x'.repeat(513))]],
  ['no data', 9001, []],
  ['another opcode', 9010, [byte(2), text('b'), byte(0)]],
])('%s says nothing', (_title, opCode, parts) => {
  expect(decodeBinary(opCode, bufferOf(...parts))).toBeNull();
});

test('takes a name of any length, which the room knows better, and a version of any letters', () => {
  const named = Buffer.concat([text('a'), text('n'.repeat(9000)), int32(1)]);
  const version = '😀'.repeat(32);
  expect(decodeBinary(9002, bufferOf(int32(1), named, text(version)))?.content).toMatchObject({
    players: [{ sessionId: 'a', peerId: 1 }],
    clientVersion: version,
  });
});

/** In the runtime of Nakama a loop over bytes costs 10 µs for each. */
test.each([
  ['a target', (bytes: number) => [9001, byte(2), text('b'.repeat(bytes)), byte(0)]],
  ['an sdp', (bytes: number) => [9001, byte(0), text('b'), byte(1, 18), text('x'.repeat(bytes))]],
  ['names', (bytes: number) => [9002, int32(1), text('a'), text('n'.repeat(bytes)), int32(1), text('dev')]],
  ['a version', (bytes: number) => [9002, int32(1), entry, text('x'.repeat(bytes))]],
  ['a reason', (bytes: number) => [9003, text('b'), int32(1), text('x'.repeat(bytes))]],
  [
    'many players',
    (bytes: number) => [9002, int32(bytes / 20), ...Array(bytes / 20).fill(entry), text('dev')],
  ],
] as const)('reads no more of a message for %s that is longer', (_title, write) => {
  const readOf = (bytes: number) => {
    const [opCode, ...parts] = write(bytes);
    const buffer = bufferOf(...parts);
    const texts = jest.spyOn(Uint8Array.prototype, 'subarray');
    const numbers = jest.spyOn(DataView.prototype, 'getUint32');
    decodeBinary(opCode, buffer);
    const ofTexts = texts.mock.calls.reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
    const ofNumbers = numbers.mock.calls.length;
    for (const spy of [texts, numbers]) spy.mockRestore();
    return { ofTexts, ofNumbers };
  };
  expect(readOf(16_000)).toEqual(readOf(4_000));
});

test('never throws, whatever the bytes', () => {
  const opCodes = fc.constantFrom(9001, 9002, 9003, 9004);
  fc.assert(
    fc.property(opCodes, fc.uint8Array({ maxLength: 60 }), (opCode, bytes) => {
      expect(() => decodeBinary(opCode, new Uint8Array(bytes).buffer)).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
