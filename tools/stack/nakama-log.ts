/** One line of Nakama's JSON log. */
export interface LogEntry {
  readonly level: string;
  readonly ts?: string;
  readonly msg: string;
  readonly error?: string;
  /** Set on lines that a JavaScript module logged. */
  readonly runtime?: string;
}

export function logEntryOf(line: string): LogEntry | null {
  try {
    const entry = JSON.parse(line) as Partial<LogEntry>;
    return typeof entry.level === 'string' && typeof entry.msg === 'string' ? (entry as LogEntry) : null;
  } catch {
    return null;
  }
}

/** The line that says why Nakama ended, if there is one. */
export function failureOf(lines: readonly string[]): LogEntry | null {
  const entries = lines.map(logEntryOf).filter((entry) => entry !== null);
  const last = (level: string) => entries.filter((entry) => entry.level === level).at(-1);
  const plain = lines.filter((line) => line.trim() !== '' && logEntryOf(line) === null).at(-1);
  return last('fatal') ?? last('error') ?? (plain ? { level: 'fatal', msg: plain.trim() } : null);
}

/** What a JavaScript module threw, as the sentence it wrote: no `Error:` in front, no stack behind. */
export function sentenceOf(error: string): string {
  return error
    .replace(/^(\w*Error|GoError): /, '')
    .replace(/\s+at \S+ \([^)]*\).*$/s, '')
    .trim();
}
