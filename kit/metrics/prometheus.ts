/** One line of a Prometheus endpoint. */
export interface Sample {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a Nakama exports now. */
export async function scrape(metricsPort: number): Promise<Sample[]> {
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map(sampleIn);
}

function sampleIn(line: string): Sample {
  const [, name, tags = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const pairs = [...tags.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, tag, text]) => [tag, text]);
  return { name, tags: Object.fromEntries(pairs), value: Number(value) };
}
