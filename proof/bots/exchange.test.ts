import { Exchange } from './exchange.ts';
import type { Fate } from './tally.ts';

/** Two players, each with two messages for the other. */
function exchange() {
  const fates: Partial<Record<Fate, number>> = {};
  const done: string[] = [];
  const count = (fate: Fate) => {
    fates[fate] = (fates[fate] ?? 0) + 1;
  };
  const between = new Exchange({
    players: 2,
    perLine: 2,
    tally: { time: () => {}, count },
    onDone: (sessionId) => done.push(sessionId),
  });
  for (const text of ['offer', 'candidate']) between.sent('a', 'b', text);
  for (const text of ['answer', 'candidate']) between.sent('b', 'a', text);
  return { between, fates, done };
}

test('is done when every message has come, and each player with their last', async () => {
  const { between, fates, done } = exchange();
  between.arrived('a', 'b', 'offer');
  between.arrived('b', 'a', 'answer');
  between.arrived('a', 'b', 'candidate');
  expect(done).toEqual([]);
  between.arrived('b', 'a', 'candidate');
  await between.done;
  expect(done).toEqual(['b', 'a']);
  expect(fates).toEqual({ sent: 4, arrived: 4 });
  expect(between.missing()).toEqual({ count: 0, pairs: [] });
});

test('counts what has not come, pair by pair', () => {
  const { between } = exchange();
  between.arrived('a', 'b', 'candidate');
  expect(between.missing()).toEqual({ count: 3, pairs: ['a → b: 1', 'b → a: 2'] });
});

test.each<[string, Fate, string[][]]>([
  [
    'a message that comes twice',
    'doubled',
    [
      ['a', 'b', 'offer'],
      ['a', 'b', 'offer'],
    ],
  ],
  [
    'one that overtook another',
    'disordered',
    [
      ['a', 'b', 'candidate'],
      ['a', 'b', 'offer'],
    ],
  ],
  ['one that was changed', 'stray', [['a', 'b', 'offers']]],
  ['one that was for somebody else', 'stray', [['a', 'c', 'offer']]],
])('notices %s', (_, fate, arrivals) => {
  const { between, fates } = exchange();
  for (const [from = '', to = '', text = ''] of arrivals) between.arrived(from, to, text);
  expect(fates[fate]).toBe(1);
});
