import fc from 'fast-check';
import { decodeJson } from '../../src/protocol/json.ts';
import { OpCode } from '../../src/protocol/opcodes.ts';

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
