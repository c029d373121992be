export type Properties = Readonly<Record<string, string | number>>;

interface Clause {
  readonly sign: string;
  readonly key: string;
  readonly value: string;
  readonly isFuzzy: boolean;
}

/** A field and its value, then at most one fuzziness and one boost. */
const CLAUSE = /^([+-]?)(?:properties\.([^:~^"]+):)?([^:~^"+-][^:~^"]*)(~[\d.]*)?(\^[\d.]*)?$/;

/** A `~` or `^` belongs to the word before it, blanks or not. */
const wordsOf = (query: string) =>
  query
    .replace(/\s+([~^])/g, '$1')
    .split(/\s+/)
    .filter((word) => word !== '');

/**
 * Whether a ticket's properties meet a query, after the grammar of blugelabs/query_string as far as tests use it:
 * no escapes, phrases or ranges. Undefined for what is an error.
 */
export function matcherOf(query: string): ((properties: Properties) => boolean) | undefined {
  if (query === '' || query === '*') return () => true;
  const clauses = wordsOf(query).map(clauseOf);
  if (clauses.length === 0 || clauses.includes(undefined)) return undefined;
  const signed = (wanted: string) => (clauses as Clause[]).filter(({ sign }) => sign === wanted);
  const [musts, mustNots, shoulds] = [signed('+'), signed('-'), signed('')];
  return (properties) => {
    const meets = (clause: Clause) => isMet(clause, properties);
    const isWanted = musts.length > 0 || shoulds.length === 0 ? musts.every(meets) : shoulds.some(meets);
    return isWanted && !mustNots.some(meets);
  };
}

function clauseOf(word: string): Clause | undefined {
  const parts = CLAUSE.exec(word);
  if (!parts) return undefined;
  const [, sign = '', key = '', value = '', fuzziness] = parts;
  return { sign, key, value, isFuzzy: fuzziness !== undefined };
}

/** What is fuzzy meets nothing here, which is enough to see that a clause has become so. */
function isMet({ key, value, isFuzzy }: Clause, properties: Properties): boolean {
  const own = properties[key];
  if (own === undefined || isFuzzy) return false;
  if (!/[*?]/.test(value)) return String(own) === value;
  const pattern = value
    .replace(/[.()[\]{}|$\\]/g, '\\$&')
    .replace(/[*?]/g, (wild) => (wild === '*' ? '.*' : '.'));
  return typeof own === 'string' && new RegExp(`^${pattern}$`, 's').test(own);
}
