import fc from 'fast-check';
import { linkTo, matchIdIn } from '../../demo/src/room-link.ts';
import {
  decodeMove,
  decodeNote,
  decodePassed,
  encodeMove,
  encodeNote,
  encodePassed,
  MAX_TEXT,
  type Note,
} from '../../demo/src/wire.ts';

test('a move comes out as it went in, as exactly as the screen needs', () => {
  expect(decodeMove(encodeMove({ number: 7, x: 12.5, y: 599.75 }))).toEqual({
    number: 7,
    x: 12.5,
    y: 599.75,
  });
});

test.each<Note>([
  { kind: 'say', text: 'Hello' },
  { kind: 'tag', holder: 2, count: 9, by: 1 },
  {
    kind: 'stand',
    holder: 2,
    count: 9,
    scores: [
      [1, 4],
      [2, 5],
    ],
  },
])('the note %j comes out as it went in', (note) => {
  expect(decodeNote(encodeNote(note))).toEqual(note);
});

test('what is no move and no note is nothing, whatever it is', () => {
  const bytes = fc.uint8Array({ maxLength: 40 }).filter(({ length }) => length !== 12);
  fc.assert(fc.property(bytes, (data) => decodeMove(data.slice().buffer) === null));
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => decodeNote(text) === null));
  expect(decodeMove(encodeMove({ number: 1, x: Number.NaN, y: 0 }))).toBeNull();
  expect(decodeMove('text')).toBeNull();
  expect(decodeNote(new ArrayBuffer(12))).toBeNull();
  expect(decodeNote('{"kind":"tag","holder":-1,"count":1.5}')).toBeNull();
});

test('a long text is cut', () => {
  const note = decodeNote(encodeNote({ kind: 'say', text: 'x'.repeat(10_000) }));
  expect(note).toEqual({ kind: 'say', text: 'x'.repeat(MAX_TEXT) });
});

test('a link to a room has its id, keeps the query and drops another room', () => {
  const link = linkTo('id.node', 'http://127.0.0.1:7354/?port=7450#old');
  expect(link).toBe('http://127.0.0.1:7354/?port=7450#id.node');
  for (const text of [link, ' id.node ', '#id.node']) expect(matchIdIn(text)).toBe('id.node');
  expect(matchIdIn('')).toBe('');
});

test('what the host of a star passes on comes out with whose it is, and nothing else is taken for it', () => {
  const [move, note] = [encodeMove({ number: 7, x: 1, y: 2 }), encodeNote({ kind: 'say', text: 'Hello' })];
  for (const data of [move, note]) {
    expect(decodePassed(data)).toBe(null);
    expect(decodePassed(encodePassed(3, data))).toEqual({ from: 3, data });
    expect(decodeMove(encodePassed(3, data)) ?? decodeNote(encodePassed(3, data))).toBe(null);
  }
  fc.assert(fc.property(fc.string(), (text) => decodePassed(text) === null || text.includes('passed')));
});
