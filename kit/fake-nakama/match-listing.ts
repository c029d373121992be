import { Mode, type Stream } from './tracker.ts';

// Nakama's listing of matches, after ListMatches in server/match_registry.go, and as much of its query language as
// tests use: words of a field and a value or a bound, with a boost; no escapes, phrases or wildcards.

export interface Listing {
  limit?: number | null | undefined;
  authoritative?: boolean | null | undefined;
  label?: string | null | undefined;
  minSize?: number | null | undefined;
  maxSize?: number | null | undefined;
  query?: string | null | undefined;
}

export interface Listed {
  matchId: string;
  authoritative: boolean;
  size: number;
  label: string | null;
}

interface ListedMatch {
  readonly matchId: string;
  readonly label: string;
  readonly members: readonly unknown[];
  readonly createdMs: number;
}

interface ListingNode {
  /** In the order in which they were made. */
  readonly matches: ReadonlyMap<string, ListedMatch>;
  readonly tracker: { sizesOf(mode: number): readonly { stream: Stream; size: number }[] };
}

/** @throws what Nakama answers as an error. */
export function listMatches(node: ListingNode, asked: Listing): Listed[] {
  const { limit = 10, authoritative, label, minSize, maxSize, query } = asked;
  const isAsked = query != null || label != null;
  if (isAsked && authoritative === false) throw new Error('filtering is not supported for relayed matches');
  const isOfSize = ({ size }: Listed) => (minSize ?? 0) <= size && size <= (maxSize ?? size);
  const made = authoritative === false ? [] : authoritativeMatches(node, label ?? null, query ?? null);
  const relayed = isAsked || authoritative === true ? [] : relayedMatches(node);
  return [...made, ...relayed].filter(isOfSize).slice(0, limit ?? 10);
}

function authoritativeMatches(
  { matches }: ListingNode,
  label: string | null,
  query: string | null,
): Listed[] {
  const score = query === null ? () => 1 : scoreBy(query);
  return [...matches.values()]
    .reverse()
    .filter((match) => query !== null || label === null || match.label === label)
    .map((match) => ({ match, score: score(match) }))
    .filter((one) => one.score !== null)
    .sort((a, b) => (b.score as number) - (a.score as number))
    .map(({ match: { matchId, members, label: own } }) => ({
      matchId,
      authoritative: true,
      size: members.length,
      label: own,
    }));
}

function relayedMatches({ tracker }: ListingNode): Listed[] {
  return tracker
    .sizesOf(Mode.RELAYED)
    .map(({ stream, size }) => ({ matchId: `${stream.subject}.`, authoritative: false, size, label: null }));
}

interface Clause {
  readonly sign: string;
  readonly field: string;
  readonly comparison: string;
  readonly value: string;
  readonly boost: number;
}

const CLAUSE = /^([+-]?)((?:label\.|create_time)[^:^"]*):([<>]=?)?([^:^"<>=]+)(?:\^([\d.]+))?$/;

/** How well a label meets the query; null where it does not. */
function scoreBy(query: string): (match: ListedMatch) => number | null {
  const words = query.split(/\s+/).filter((word) => word !== '' && word !== '*');
  if (words.length === 0) return () => 1;
  const clauses = words.map(clauseOf);
  const signed = (wanted: string) => clauses.filter(({ sign }) => sign === wanted);
  const [musts, mustNots, shoulds] = [signed('+'), signed('-'), signed('')];
  return ({ label, createdMs }) => {
    const fields = fieldsOf(label).set('create_time', createdMs);
    const meets = (clause: Clause) => isMet(clause, fields);
    const met = shoulds.filter(meets);
    const isWanted = musts.length > 0 || shoulds.length === 0 ? musts.every(meets) : met.length > 0;
    if (!isWanted || mustNots.some(meets)) return null;
    return [...musts, ...met].reduce((sum, { boost }) => sum + boost, 0);
  };
}

function clauseOf(word: string): Clause {
  const parts = CLAUSE.exec(word);
  if (!parts) throw new Error(`error parsing query string: ${word}`);
  const [, sign = '', field = '', comparison = '', value = '', boost = '1'] = parts;
  return { sign, field, comparison, value, boost: Number(boost) };
}

function isMet({ field, comparison, value }: Clause, fields: ReadonlyMap<string, unknown>): boolean {
  const own = fields.get(field);
  if (Array.isArray(own)) return comparison === '' && own.map(wordOf).includes(value);
  if (typeof own !== 'number') return comparison === '' && own !== undefined && wordOf(own) === value;
  const bound = Number(value);
  switch (comparison) {
    case '<':
      return own < bound;
    case '<=':
      return own <= bound;
    case '>':
      return own > bound;
    case '>=':
      return own >= bound;
    default:
      return own === bound;
  }
}

/** As the index keeps it. */
function wordOf(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value);
}

/** By dotted path. */
function fieldsOf(label: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const walk = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      if (value !== null) fields.set(path, value);
    } else for (const [key, own] of Object.entries(value)) walk(own, path === '' ? key : `${path}.${key}`);
  };
  try {
    walk({ label: JSON.parse(label) }, '');
  } catch {
    // A label need not be JSON.
  }
  return fields;
}
