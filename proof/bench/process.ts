import pidusage from 'pidusage';

/** What a server process used so far, seen from outside. CPU comes in steps of 10 ms: measure much of it. */
export interface Usage {
  /** User and system time of all its threads, in µs. */
  readonly cpuMicros: number;
  /** Resident memory, in KB. */
  readonly memoryKb: number;
}

export async function usageOf(pid: number): Promise<Usage> {
  const { ctime, memory } = await pidusage(pid);
  return { cpuMicros: ctime * 1000, memoryKb: memory / 1024 };
}

/** The CPU time, in µs, that a process spends on some work of ours. */
export async function cpuMicrosOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = await usageOf(pid);
  await work();
  const after = await usageOf(pid);
  return after.cpuMicros - before.cpuMicros;
}
