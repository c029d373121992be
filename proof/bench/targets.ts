import { markdownTable } from 'markdown-table';
import { dearestIn } from './dearest.ts';
import { busy, quiet } from './hop.ts';
import { IN_SERVER, PAGE_OF_20 } from './listing.ts';
import type { Figure } from './measure.ts';
import { lossesOf, ownQueues } from './mesh.ts';
import { digits, median, ratios, sum } from './statistics.ts';
import { Subject, type SubjectName } from './subjects.ts';

/** Something that this project promises of a room. */
interface Target {
  readonly what: string;
  readonly target: string;
  /** Said where it is missed. */
  readonly why?: string;
  /** Null where it was not measured. */
  measured(figures: readonly Figure[]): { readonly shown: string; readonly isMet: boolean } | null;
}

const HOOK =
  'Before every match data message on a server with a module that takes them, Nakama turns the message into JSON and ' +
  'into an object of a JavaScript VM, runs a hook, and turns back what it returns: that alone is what the *relayed ' +
  'match, module loaded* takes beyond the *relayed match*. On top of it the hook reads the message, charges its sender ' +
  'and sends it on.';

const { ROOM, RELAYED, ADDRESSED, BESIDE, TEXTBOOK, LISTED } = Subject;

const targets: readonly Target[] = [
  { ...atMost(2, 'hop p50', ROOM, RELAYED), why: HOOK },
  atMost(1 / 20, 'hop p50', ROOM, TEXTBOOK),
  { ...atMost(3, 'CPU per message', ROOM, RELAYED, busy), why: HOOK },
  { ...atMost(3, 'CPU per message', ROOM, RELAYED, quiet), why: HOOK },
  atMost(4, 'p99', ROOM, RELAYED, busy),
  atMost(4, 'p99', ROOM, RELAYED, quiet),
  atMost(2.2, 'hop p50', BESIDE, RELAYED),
  { ...atMost(2.2, 'CPU per message', BESIDE, RELAYED, busy), why: HOOK },
  ...[8, 16].flatMap((size) => [
    { ...atMost(4, `${size} clients`, ROOM, ADDRESSED, ownQueues), why: HOOK },
    nothingLost(size),
  ]),
  atMost(1.2, 'CPU to make one', ROOM, LISTED),
  atMost(1.15, 'memory of one, in use', ROOM, LISTED),
  atMost(1.35, 'CPU per second of 1,000 idle ones', ROOM, LISTED),
  atMost(1.35, 'CPU per second of 5,000 idle ones', ROOM, LISTED),
  dearestAtMost(10),
  within(20, IN_SERVER, PAGE_OF_20),
];

/** Targets, what was measured, whether they are met, and why not; null where nothing of them was measured. */
export function targetTable(figures: readonly Figure[]): string | null {
  const found = targets.flatMap((target) => {
    const measured = target.measured(figures);
    return measured ? [{ ...target, ...measured }] : [];
  });
  if (found.length === 0) return null;
  const rows = found.map(({ what, target, shown, isMet }) => [what, target, shown, isMet ? 'yes' : '**no**']);
  const table = markdownTable([['', 'target', 'measured', 'met'], ...rows], { align: ['l', 'r', 'r', 'l'] });
  const reasons = found.flatMap(({ isMet, why }) => (isMet || why === undefined ? [] : [why]));
  return [table, ...new Set(reasons)].join('\n\n');
}

/** Messages that got lost on their way through a room of this module. */
export function lostInRooms(figures: readonly Figure[]): number {
  return sum(figures.flatMap(({ unit, on, rounds }) => (unit === 'messages' && on === ROOM ? rounds : [])));
}

function atMost(limit: number, name: string, of: SubjectName, to: SubjectName, section?: string): Target {
  return {
    what: `${name}${section ? ` at ${section}` : ''}: ${of} ÷ ${to}`,
    target: `≤ ${limit < 1 ? `1/${1 / limit}` : limit}`,
    measured(figures) {
      const figureOn = (on: string) =>
        figures.find(
          (figure) =>
            figure.name === name && figure.on === on && (section === undefined || figure.section === section),
        );
      const [own, others] = [figureOn(of), figureOn(to)];
      if (!own || !others) return null;
      const { ratio } = ratios(own, others);
      return { shown: ratio < 0.1 ? `1/${digits(1 / ratio)}` : digits(ratio), isMet: ratio <= limit };
    },
  };
}

/** In milliseconds, not compared to another. */
function within(limitMs: number, name: string, on: string): Target {
  return {
    what: `${name}: ${on}`,
    target: `≤ ${limitMs} ms`,
    measured(figures) {
      const found = figures.find((figure) => figure.name === name && figure.on === on);
      if (!found) return null;
      const measured = median(found.rounds);
      return { shown: `${digits(measured)} ms`, isMet: measured <= limitMs };
    },
  };
}

/** Of all that a client may send to a room, in the same run. */
function dearestAtMost(limit: number): Target {
  return {
    what: `the dearest message of a client: any ÷ ${BESIDE} of its size`,
    target: `≤ ${limit}`,
    measured(figures) {
      const worst = dearestIn(figures);
      return worst && { shown: `${digits(worst.ratio)} (${worst.on})`, isMet: worst.ratio <= limit };
    },
  };
}

function nothingLost(size: number): Target {
  return {
    what: `room, mesh of ${size} on ${ownQueues}: runs with losses`,
    target: '0',
    measured(figures) {
      const found = figures.find(
        ({ section, name, on }) => section === ownQueues && name === lossesOf(size) && on === ROOM,
      );
      if (!found) return null;
      const runs = sum(found.rounds);
      return { shown: `${runs} of ${found.rounds.length}`, isMet: runs === 0 };
    },
  };
}
