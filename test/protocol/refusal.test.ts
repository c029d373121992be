import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REFUSAL_CODES, refusalText, refuse } from '../../src/protocol/refusal.ts';

test('a refusal reads as its code and its sentence', () => {
  expect(refusalText(refuse('match-full', 'all 4 seats are taken'))).toBe(
    'match-full: all 4 seats are taken',
  );
});

test('the protocol’s page explains each code', () => {
  const page = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'protocol.md'), 'utf8');
  const [, section = ''] = page.split('\n## Refusals\n');
  const [table = ''] = section.split('\n## ');
  const explained = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(explained.sort()).toEqual([...REFUSAL_CODES]);
});

test('the codes stand in the order of the alphabet', () => {
  expect([...REFUSAL_CODES].sort()).toEqual([...REFUSAL_CODES]);
});
