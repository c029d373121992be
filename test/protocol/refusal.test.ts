import { refusalText, refuse } from '../../src/protocol/refusal.ts';

test('a refusal reads as its code and its sentence', () => {
  expect(refusalText(refuse('match-full', 'all 4 seats are taken'))).toBe(
    'match-full: all 4 seats are taken',
  );
});
