/** A runtime error in the addon's own code, such as a key that a dictionary does not have. */
export class ScriptError extends Error {}

/**
 * Runs the addon's functions. GDScript abandons the function in which an error happens and goes on in its
 * caller, with null; C# unwinds to the event handler. Either way the game keeps running and only logs it.
 */
export class Script {
  readonly errors: string[] = [];
  private depth = 0;

  constructor(private readonly unwinds: boolean) {}

  run<T>(name: string, body: () => T): T | null {
    this.depth++;
    try {
      return body();
    } catch (error) {
      if (!(error instanceof ScriptError) || (this.unwinds && this.depth > 1)) throw error;
      this.errors.push(`${name}: ${error.message}`);
      return null;
    } finally {
      this.depth--;
    }
  }
}

/** `dictionary[key]` of GDScript, where the entry is used at once. */
export function entryOf<K, V>(dictionary: ReadonlyMap<K, V>, key: K): NonNullable<V> {
  return given(dictionary.get(key), `Invalid get index '${key}'`);
}

/** For what GDScript goes on without until it looks into it. */
export function given<V>(value: V, problem: string): NonNullable<V> {
  if (value === null || value === undefined) throw new ScriptError(problem);
  return value;
}

/** `content[key]` of something that came as JSON. */
export function fieldOf(content: unknown, key: string): unknown {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  if (!isObject || !(key in content)) throw new ScriptError(`Invalid get index '${key}'`);
  return (content as Record<string, unknown>)[key];
}

/** What a variable or parameter of type String takes. */
export function asString(value: unknown): string {
  if (typeof value !== 'string') throw new ScriptError(`Cannot convert ${JSON.stringify(value)} to String`);
  return value;
}

/** `int(value)`. */
export function asInt(value: unknown): number {
  if (typeof value !== 'number') throw new ScriptError(`Cannot convert ${JSON.stringify(value)} to int`);
  return Math.trunc(value);
}
