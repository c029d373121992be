/**
 * A small part of the list that still fails, by leaving out ever smaller pieces (delta debugging): far fewer
 * runs than one frame at a time, which counts where a run takes seconds.
 */
export async function shrunk<T>(
  list: readonly T[],
  fails: (part: readonly T[]) => boolean | Promise<boolean>,
  maxRuns: number,
): Promise<readonly T[]> {
  let kept = list;
  let runs = 0;
  for (let piece = Math.ceil(kept.length / 2); ; piece = Math.ceil(piece / 2)) {
    for (let at = 0; at < kept.length && runs < maxRuns; ) {
      const part = [...kept.slice(0, at), ...kept.slice(at + piece)];
      runs++;
      if (await fails(part)) kept = part;
      else at += piece;
    }
    if (piece === 1 || runs >= maxRuns) return kept;
  }
}

/** The value with whatever is in it made plainer, as long as it still fails: shorter texts, fewer fields. */
export async function plainest<T>(
  value: T,
  fails: (plainer: T) => boolean | Promise<boolean>,
  maxRuns: number,
): Promise<T> {
  let kept = value;
  let runs = 0;
  for (let isPlainer = true; isPlainer && runs < maxRuns; ) {
    isPlainer = false;
    for (const candidate of plainerThan(kept)) {
      if (runs++ >= maxRuns) break;
      if (!(await fails(candidate as T))) continue;
      kept = candidate as T;
      isPlainer = true;
      break;
    }
  }
  return kept;
}

/** What makes a frame the frame that it is. */
const FIXED: readonly string[] = ['type', 'by', 'rpc'];

function* plainerThan(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* shorterThan(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    if (FIXED.includes(key)) continue;
    const isOptional = [
      'steps',
      'times',
      'presences',
      'metadata',
      'string_properties',
      'numeric_properties',
    ].includes(key);
    if (isOptional) yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    for (const plainer of plainerThan(one)) {
      yield Array.isArray(value)
        ? value.map((other, index) => (index === Number(key) ? plainer : other))
        : { ...value, [key]: plainer };
    }
  }
}

/** Without macros broken in two, since what they stand for would be another thing then. */
function* shorterThan(text: string): Generator<string> {
  const parts = text.match(/\$[a-z]\d+\$|[\s\S]/g) ?? [];
  for (let piece = Math.ceil(parts.length / 2); piece >= 1; piece = piece > 1 ? Math.ceil(piece / 2) : 0) {
    for (let at = 0; at < parts.length; at += piece) {
      yield [...parts.slice(0, at), ...parts.slice(at + piece)].join('');
    }
  }
}

/** What was found, without what differs each time it is: so that a failure does not shrink to another. */
export function kindOf(found: string): string {
  return found
    .replace(/^frame \d+ of \d+: /, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+/g, '…')
    .slice(0, 60);
}
