import fc from 'fast-check';
import { decodePeerMethod } from '../../src/protocol/peer-method.ts';

const offer = { method: 'set_remote_description', target: 'b', type: 'offer', sdp: 'v=0' };
const candidate = { method: 'add_ice_candidate', target: 'b', media: '0', index: 0, name: 'candidate:1' };
const reconnect = { method: 'reconnect', target: 'b' };

function decode(fields: object) {
  return decodePeerMethod(JSON.stringify(fields));
}

test.each([
  ['description', offer],
  ['description', { ...offer, type: 'answer' }],
  ['candidate', candidate],
  ['reconnect', reconnect],
] as const)('reads a %s: %j', (kind, fields) => {
  expect(decode(fields)).toEqual({ kind, target: 'b' });
});

test('takes the end of candidates, which is empty, and fields that it does not know', () => {
  expect(decode({ ...candidate, media: '', name: '' })).toEqual({ kind: 'candidate', target: 'b' });
  expect(decode({ ...reconnect, more: { a: 1 } })).toEqual({ kind: 'reconnect', target: 'b' });
});

test('takes an index as Godot writes numbers', () => {
  const text = JSON.stringify(candidate).replace('"index":0', '"index":0.0');
  expect(decodePeerMethod(text)?.kind).toBe('candidate');
});

describe('gives null', () => {
  test.each([
    ['no object', [offer]],
    ['no method', { ...offer, method: undefined }],
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
    expect(decodePeerMethod('')).toBeNull();
    expect(decodePeerMethod('not json')).toBeNull();
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
      const method = decodePeerMethod(text);
      expect(method === null || method.target !== '').toBe(true);
    }),
    { numRuns: 200 },
  );
});
