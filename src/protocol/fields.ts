/** What a JSON object has, before anything is known of it. */
export type Fields = Record<string, unknown>;

/** The JSON object that `text` holds, or null: for an array, a number, or no JSON at all. */
export function parseObject(text: string): Fields | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return null;
  }
}

/**
 * How many a text may have of the marks that JSON is made of, within its strings or without. What it costs to
 * parse follows from them: nothing nests or goes on without one.
 */
export interface Marks {
  readonly quotes: number;
  readonly commas: number;
  readonly brackets: number;
}

/** So short that no marks in it are many. */
const SHORT = 512;

/** The same for a text of a stranger, which is not parsed when it has more marks than it may. */
export function parseBounded(text: string, { quotes, commas, brackets }: Marks): Fields | null {
  const isBounded =
    text.length <= SHORT ||
    (hasAtMost(quotes, '"', text) && hasAtMost(commas, ',', text) && hasAtMost(brackets, '[', text));
  return isBounded ? parseObject(text) : null;
}

/** In one call into the runtime, which is native there and stops at the limit. */
function hasAtMost(most: number, mark: string, text: string): boolean {
  return text.split(mark, most + 2).length <= most + 1;
}

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
