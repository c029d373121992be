import fc from 'fast-check';
import { decodeJson } from '../../../src/protocol/dialects/json.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';

const offer = { method: 'set_remote_description', target: 'b', type: 'offer', sdp: 'v=0' };
const candidate = { method: 'add_ice_candidate', target: 'b', media: '0', index: 0, name: 'candidate:1' };
const reconnect = { method: 'reconnect', target: 'b' };

const read = (text: string) => decodeJson(OpCode.WEBRTC_PEER_METHOD, text);

function decode(fields: object) {
  return read(JSON.stringify(fields));
}

const peerMethod = (kind: string) => ({ content: { type: 'peer-method', kind, target: 'b' }, dialect: null });

test.each([
  ['description', offer],
  ['description', { ...offer, type: 'answer' }],
  ['candidate', candidate],
  ['reconnect', reconnect],
] as const)('reads a %s: %j', (kind, fields) => {
  expect(decode(fields)).toEqual(peerMethod(kind));
});

test('takes the end of candidates, which is empty, and fields that it does not know', () => {
  expect(decode({ ...candidate, media: '', name: '' })).toEqual(peerMethod('candidate'));
  expect(decode({ ...reconnect, more: { a: 1 } })).toEqual(peerMethod('reconnect'));
});

test('takes an index as Godot writes numbers', () => {
  const text = JSON.stringify(candidate).replace('"index":0', '"index":0.0');
  expect(read(text)).toEqual(peerMethod('candidate'));
});

describe('gives null', () => {
  test.each([
    ['no object', [offer]],
    ['an unknown method', { ...offer, method: 'constructor' }],
    ['a method that is no text', { ...offer, method: ['reconnect'] }],
    ['no target', { ...reconnect, target: undefined }],
    ['an empty target, which equals an unset session id', { ...reconnect, target: '' }],
    ['a target that is no text', { ...reconnect, target: 1 }],
    ['another type of description', { ...offer, type: 'rollback' }],
    ['no type', { ...offer, type: undefined }],
    ['no sdp', { ...offer, sdp: undefined }],
    ['an empty sdp', { ...offer, sdp: '' }],
    ['an sdp that is no text', { ...offer, sdp: { v: 0 } }],
    ['no media', { ...candidate, media: undefined }],
    ['media that is no text', { ...candidate, media: 0 }],
    ['no index', { ...candidate, index: undefined }],
    ['an index that is no number', { ...candidate, index: '0' }],
    ['an index that is not whole', { ...candidate, index: 0.5 }],
    ['no name', { ...candidate, name: undefined }],
    ['a name that is no text', { ...candidate, name: null }],
  ])('for %s', (_title, fields) => {
    expect(decode(fields)).toBeNull();
  });

  test('for text that is no JSON', () => {
    expect(read('')).toBeNull();
    expect(read('not json')).toBeNull();
  });
});

describe('is bounded', () => {
  const FIREFOX = 'a=msid:{0b3f2a4e-11aa-42bb-83cc-123456789012} {6f1c0a77-5d2e-4b60-9c8e-4a1d2f3b5c6d}\r\n';
  const sdpOf = (bytes: number) => FIREFOX.repeat(Math.floor(bytes / FIREFOX.length));

  test('but takes a description of 16 KB with the braces that Firefox writes', () => {
    expect(decode({ ...offer, sdp: sdpOf(15_900) })).toEqual(peerMethod('description'));
  });

  test('takes a candidate of a few commas and quotes', () => {
    expect(decode({ ...candidate, name: 'a,b,"c"' })).toEqual(peerMethod('candidate'));
  });

  test.each([
    ['a target longer than a session id', { ...reconnect, target: 'b'.repeat(65) }],
    [
      'many fields',
      { ...reconnect, ...Object.fromEntries(Array.from({ length: 100 }, (_, key) => [key, 1])) },
    ],
    ['a list of many', { ...reconnect, more: Array.from({ length: 300 }, () => 1) }],
    ['many empty lists', { ...reconnect, more: Array.from({ length: 300 }, () => []) }],
    ['many empty objects', { ...reconnect, more: Array.from({ length: 300 }, () => ({})) }],
  ])('gives null for %s', (_title, fields) => {
    expect(decode(fields)).toBeNull();
  });

  test.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('gives null for nested %s', (_title, open, close) => {
    const nested = (depth: number) =>
      JSON.stringify(reconnect).replace('}', `,"more":${open.repeat(depth)}1${close.repeat(depth)}}`);
    expect(read(nested(300))).toBeNull();
    // Too short to cost anything.
    expect(read(nested(50))?.content).toEqual(read(JSON.stringify(reconnect))?.content);
  });

  /** What is parsed decides what a message costs. */
  test('parses nothing of a hostile text, however long', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const units = ['[', '{"a":', '{"a":1,', '[1,', '"",', '{},', '[],', '"a":[', '\\"'];
    const opCodes = [9001, 9002, 9003, 9004, 9011, 9010, 1];
    const property = fc.property(fc.constantFrom(...units), fc.constantFrom(...opCodes), (unit, opCode) => {
      parse.mockClear();
      const text = `{"more":${unit.repeat(16_000 / unit.length)}`;
      expect(decodeJson(opCode, text)).toBeNull();
      expect(parse).not.toHaveBeenCalled();
    });
    fc.assert(property);
    parse.mockRestore();
  });
});

test('never throws, and what it reads has a target', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.object().map((fields) => JSON.stringify({ ...offer, ...fields })),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const content = read(text)?.content;
      expect(content?.type !== 'peer-method' || content.target !== '').toBe(true);
    }),
    { numRuns: 200 },
  );
});
