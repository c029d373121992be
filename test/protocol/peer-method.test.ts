import { parseObject } from '../../src/protocol/fields.ts';
import { decodeSignal, encodeSignal, peerMethodIn, type Signal } from '../../src/protocol/peer-method.ts';

const signals: readonly Signal[] = [
  { kind: 'description', type: 'offer', sdp: 'v=0', offerNumber: 3, connection: 2 },
  { kind: 'description', type: 'answer', sdp: 'v=0', offerNumber: null, connection: null },
  { kind: 'candidate', media: '0', index: 0, name: 'candidate:1', connection: 2 },
  { kind: 'reconnect', connection: 3 },
];

test.each(signals)('server and clients read what clients write: %j', (signal) => {
  const text = encodeSignal('b', signal);
  expect(decodeSignal(text)).toEqual({ target: 'b', signal });
  expect(peerMethodIn(parseObject(text) ?? {})).toEqual({
    type: 'peer-method',
    kind: signal.kind,
    target: 'b',
  });
});

test('an offer’s number is written only where there is one, since the addon knows no such field', () => {
  const [numbered, plain] = signals.map((signal) => JSON.parse(encodeSignal('b', signal)));
  expect(numbered).toHaveProperty('offer_number', 3);
  expect(plain).not.toHaveProperty('offer_number');
  expect(plain).not.toHaveProperty('connection');
});
