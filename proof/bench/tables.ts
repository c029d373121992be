import { markdownTable } from 'markdown-table';
import type { Figure, Measure } from './measure.ts';
import { digits, median, ratios, sum, withRange } from './statistics.ts';

/** A measure's tables as markdown: for each section the ratios, the figures themselves, and what is counted. */
export function tablesOf({ reference }: Measure, figures: readonly Figure[]): string {
  const sections = distinct(figures.map(({ section }) => section));
  return sections
    .map((section) => {
      const own = figures.filter((figure) => figure.section === section);
      const sizes = own.filter(isSize);
      const counts = own.filter((figure) => !isSize(figure));
      const hasManyCounts = distinct(counts.map(({ name }) => name)).length > 1;
      const tables = [
        ratioTable(sizes, reference),
        figureTable(hasManyCounts ? sizes : own),
        hasManyCounts ? figureTable(counts) : '',
      ];
      return [section && `### ${capitalised(section)}`, ...tables].filter(Boolean).join('\n\n');
    })
    .join('\n\n');
}

/** Empty where there is nothing to compare with. */
function ratioTable(figures: readonly Figure[], reference: string): string {
  if (!figures.some(({ on }) => on === reference)) return '';
  return tableOf(
    `times that of the ${reference}`,
    figures,
    ({ name }) => name,
    (figure) => {
      const to = figures.find(({ name, on }) => name === figure.name && on === reference);
      if (!to) return '';
      const { ratio, rounds } = ratios(figure, to);
      return figure === to ? digits(ratio) : withRange(ratio, rounds);
    },
  );
}

function figureTable(figures: readonly Figure[]): string {
  if (figures.length === 0) return '';
  const title = (figure: Figure) => (isSize(figure) ? `${figure.name}, ${figure.unit}` : figure.name);
  return tableOf('', figures, title, cellOf);
}

/** A row for each subject and a column for each name, in the order in which they come first. */
function tableOf(
  corner: string,
  figures: readonly Figure[],
  title: (figure: Figure) => string,
  cell: (figure: Figure) => string,
): string {
  const titles = distinct(figures.map(title));
  const rows = distinct(figures.map(({ on }) => on)).map((subject) => [
    subject,
    ...titles.map((column) => {
      const figure = figures.find((one) => one.on === subject && title(one) === column);
      return figure ? cell(figure) : '';
    }),
  ]);
  return markdownTable([[corner, ...titles], ...rows], { align: ['l', ...titles.map(() => 'r')] });
}

function cellOf({ unit, rounds }: Figure): string {
  if (unit === 'runs') return `${sum(rounds)} of ${rounds.length}`;
  if (unit === 'messages' || unit === 'clients') return sum(rounds).toLocaleString('en');
  return rounds.length === 0 ? '–' : withRange(median(rounds), rounds);
}

/** Not a count. */
const isSize = ({ unit }: Figure) => !['messages', 'clients', 'runs'].includes(unit);

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

const capitalised = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
