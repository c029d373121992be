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

const PREFIX = 'nakama_custom_online_match_';

/** Of what this module exports. */
export const isOwn = ({ name }: Sample): boolean => name.startsWith(PREFIX);

/** As `refusals_total{code=match_full,kind=join}`, without the tag of the node. */
export function seriesOf({ name, tags }: Sample): string {
  const pairs = Object.entries(tags).filter(([tag]) => tag !== 'node_name');
  const text = pairs.map(([tag, value]) => `${tag}=${value}`).sort();
  return name.slice(PREFIX.length) + (text.length === 0 ? '' : `{${text.join(',')}}`);
}

/** What the module has counted by now: `{'kicks_total{kind=ban}': 1}`. */
export async function countersOf(metricsPort: number): Promise<Record<string, number>> {
  const counted = (await scrape(metricsPort)).filter(
    (sample) => isOwn(sample) && sample.name.endsWith('_total'),
  );
  return Object.fromEntries(counted.map((sample) => [seriesOf(sample), sample.value]));
}

function sampleIn(line: string): Sample {
  const [, name, tags = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const pairs = [...tags.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, tag, text]) => [tag, text]);
  return { name, tags: Object.fromEntries(pairs), value: Number(value) };
}
