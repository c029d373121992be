import { person } from '../../../kit/room/foundings.ts';
import { decodeSignal, encodeSignal, type Signal } from '../../../src/nakama/server/signals.ts';

const signals: readonly Signal[] = [
  {
    type: 'data',
    data: { from: 'a', opCode: 9001, recipients: null, reliable: false, payload: 'eyJhIjoxfQ==' },
  },
  { type: 'data', data: { from: 'a', opCode: 9010, recipients: ['b', 'c'], reliable: true, payload: '' } },
  { type: 'data', data: { from: 'a', opCode: 0, recipients: ['b'], reliable: false, payload: 'AA==' } },
  {
    type: 'data',
    data: { from: 'a', opCode: 1, recipients: ['b', 'two words', ''], reliable: true, payload: 'AA==' },
  },
  { type: 'answered', who: { ...person('a'), username: 'with "quotes" and spaces' } },
  { type: 'lost', who: person('a') },
  {
    type: 'commanded',
    by: { userId: 'user-a' },
    command: { name: 'seal', sealed: true, force: false, term: null },
  },
  { type: 'commanded', by: null, command: { name: 'seal', sealed: false, force: true, term: 2 } },
  { type: 'left', sessionIds: ['a'] },
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
