import { readdirSync, readFileSync } from 'node:fs';
import pidusage from 'pidusage';

/** What a server process used so far, seen from outside. */
export interface Usage {
  /** User and system time of all its threads, in µs. */
  readonly cpuMicros: number;
  /** Resident memory, in KB. */
  readonly memoryKb: number;
}

export async function usageOf(pid: number): Promise<Usage> {
  const { ctime, memory } = await pidusage(pid);
  return { cpuMicros: threadsOf(pid) ?? ctime * 1000, memoryKb: memory / 1024 };
}

/** On Linux the time of all threads to the nanosecond, where the process' own comes in steps of 10 ms. */
function threadsOf(pid: number): number | null {
  try {
    const nanos = readdirSync(`/proc/${pid}/task`).map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanos.reduce((total, own) => total + own, 0) / 1000;
  } catch {
    return null;
  }
}

/** The CPU time, in µs, that a process spends on some work of ours. */
export async function cpuMicrosOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = await usageOf(pid);
  await work();
  const after = await usageOf(pid);
  return after.cpuMicros - before.cpuMicros;
}
