import { documentOf } from './document.ts';
import type { Figure, Measure } from './measure.ts';

const measureOf = (title: string): Measure => ({
  name: title,
  title,
  reference: 'room',
  about: () => `About ${title}.`,
  run: async () => [],
});
const run = { quick: false, of: 'Of a machine.' };
const [first, second] = [measureOf('First'), measureOf('Second')];
const figures = (value: number): Figure[] => [{ name: 'p50', unit: 'ms', on: 'room', rounds: [value] }];

/** The value that each section's table shows, by its title. */
function shownIn(document: string): Record<string, string | undefined> {
  const sections = document.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((text) => [text.split('\n')[0], /\| room \| +(\d+\.\d+) \|\n?$/m.exec(text)?.[1]]),
  );
}

test('a document has the sections that were measured, and keeps those of before that were not', () => {
  const both = [
    { measure: second, figures: figures(2) },
    { measure: first, figures: figures(1) },
  ];
  const before = documentOf([first, second], both, run);
  expect(shownIn(before)).toEqual({ First: '1.00', Second: '2.00' });
  expect(Object.keys(shownIn(before))).toEqual(['First', 'Second']);

  const renewed = [{ measure: second, figures: figures(3) }];
  const after = documentOf([first, second], renewed, run, before);
  expect(after).toBe(before.replaceAll('2.00', '3.00'));
});

test('a section says of what it was measured, and what is not measured any more goes', () => {
  const one = [{ measure: first, figures: figures(1) }];
  const document = documentOf([first], one, { ...run, quick: true }, '# Benchmarks\n\n## Gone\n\nOld.\n');
  expect(document).toContain('Of a machine.');
  expect(document).toContain('This was a quick run');
  expect(document).not.toContain('Gone');
});
