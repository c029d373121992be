import { person } from '../../../kit/room/foundings.ts';
import { decodeSignal, encodeSignal, type Signal } from '../../../src/nakama/server/signals.ts';

const signals: readonly Signal[] = [
  { type: 'data', data: { from: 'a', opCode: 9001, recipients: null, payload: 'eyJhIjoxfQ==' } },
  { type: 'data', data: { from: 'a', opCode: 9010, recipients: ['b', 'c'], payload: '' } },
  { type: 'data', data: { from: 'a', opCode: 0, recipients: ['b'], payload: 'AA==' } },
  { type: 'data', data: { from: 'a', opCode: 1, recipients: ['b', 'two words', ''], payload: 'AA==' } },
  { type: 'joined', who: { ...person('a'), username: 'with "quotes" and spaces' } },
  { type: 'lost', who: person('a') },
  { type: 'seal', by: { userId: 'user-a', sessionId: null }, sealed: true, force: false },
  { type: 'seal', by: null, sealed: false, force: true },
];

test.each(signals)('a signal comes out as it went in: %j', (signal) => {
  expect(decodeSignal(encodeSignal(signal))).toEqual(signal);
});

test.each(['', 'x', 'two words', '{', '{}', '{"type":"data"}', '{"type":"close"}', 'null', '[]'])(
  'what this module did not write is nothing: %j',
  (text) => {
    expect(decodeSignal(text)).toBeNull();
  },
);
