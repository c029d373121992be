import { type Figure, type Measure, Notebook } from './measure.ts';
import { Subject } from './subjects.ts';
import { tablesOf } from './tables.ts';
import { lostInRooms, targetTable } from './targets.ts';

const measure: Measure = {
  name: 'hop',
  title: 'A hop',
  reference: 'relayed match',
  about: () => '',
  run: async () => [],
};

const hops = (on: string, ...rounds: number[]): Figure => ({ name: 'hop p50', unit: 'ms', on, rounds });

/** Cells of the markdown row that begins with this. */
const row = (table: string | null, begin: string) =>
  (table ?? '')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, first]) => first === begin)
    .map((cells) => cells.slice(2, -1));

describe('tables', () => {
  test('show ratios of medians before the figures, each with the range of its rounds', () => {
    const tables = tablesOf(measure, [hops('relayed match', 1, 2, 3), hops('room', 3, 3, 12)]);

    expect(row(tables, 'room')).toEqual([['1.50 (1.50–4.00)'], ['3.00 (3.00–12.0)']]);
    expect(row(tables, 'relayed match')[0]).toEqual(['1.00']);
  });

  test('add up what is counted', () => {
    const notebook = new Notebook();
    for (const lost of [0, 3, 4]) {
      notebook.note({ name: 'lost', unit: 'messages', on: 'room' }, lost);
      notebook.note({ name: 'lossy', unit: 'runs', on: 'room' }, Math.min(1, lost));
    }

    expect(row(tablesOf(measure, notebook.figures()), 'room')).toEqual([['7', '2 of 3']]);
    expect(lostInRooms(notebook.figures())).toBe(7);
  });

  test('show a subject that never came through', () => {
    const notebook = new Notebook();
    notebook.note({ name: '8 clients', unit: 'ms', on: 'room' }, null);

    expect(row(tablesOf(measure, notebook.figures()), 'room')).toEqual([['–']]);
  });
});

describe('targets', () => {
  test('are met up to their limit, and only listed where they were measured', () => {
    const met = targetTable([hops('relayed match', 1), hops('room', 2), hops('textbook handler', 50)]);
    const missed = targetTable([hops('relayed match', 1), hops('room', 2.1)]);

    expect(row(met, 'hop p50: room ÷ relayed match')).toEqual([['≤ 2', '2.00', 'yes']]);
    expect(row(met, 'hop p50: room ÷ textbook handler')).toEqual([['≤ 1/20', '1/25.0', 'yes']]);
    expect(row(missed, 'hop p50: room ÷ relayed match')).toEqual([['≤ 2', '2.10', '**no**']]);
    expect(row(missed, 'hop p50: room ÷ textbook handler')).toEqual([]);
    expect(targetTable([])).toBeNull();
  });

  test('compare the dearest message with a relayed one of its size, whatever Nakama takes for recipients', () => {
    const cost = (on: string, size: string, micros: number): Figure => ({
      name: `CPU of one of ${size}`,
      unit: 'µs',
      on,
      rounds: [micros],
    });
    const relayed = [cost(Subject.BESIDE, '1 KB', 100), cost(Subject.BESIDE, '16 KB', 1000)];
    const table = (micros: number) =>
      targetTable([
        ...relayed,
        cost('a', '16 KB', 3000),
        cost('b', '1 KB', micros),
        cost('many recipients', '1 KB', 9e9),
      ]);
    const what = 'the dearest message of a client: any ÷ relayed match, module loaded of its size';
    expect(row(table(1000), what)).toEqual([['≤ 10', '10.0 (b, CPU of one of 1 KB)', 'yes']]);
    expect(row(table(1001), what)[0]?.[2]).toBe('**no**');
  });
});
