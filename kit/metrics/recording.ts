type Tags = Readonly<Record<string, string>>;

/** Nakama's metrics as the runtime takes them, and what they come to: `{'name{tag=value}': 3}`. */
export function recordingMetrics() {
  const counts: Record<string, number> = {};
  const timers: Record<string, number[]> = {};
  const parts = {
    metricsCounterAdd: (name: string, tags: Tags, delta: number) => {
      const series = seriesOf(name, tags);
      if (!Number.isInteger(delta) || delta < 0) throw new Error(`${series} is changed by ${delta}`);
      counts[series] = (counts[series] ?? 0) + delta;
    },
    metricsTimerRecord: (name: string, tags: Tags, nanoseconds: number) => {
      if (!Number.isInteger(nanoseconds)) throw new Error(`${name} is given ${nanoseconds}`);
      const series = seriesOf(name, tags);
      timers[series] = [...(timers[series] ?? []), nanoseconds];
    },
  };
  return { parts, counts, timers };
}

function seriesOf(name: string, tags: Tags): string {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? name : `${name}{${pairs.sort().join(',')}}`;
}
