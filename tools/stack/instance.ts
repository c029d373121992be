import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { Problem } from './problem.js';

interface Running {
  readonly pid: number;
  /** What a process of this id shows as its command, so that a reused id is not taken for ours. */
  readonly command: string;
}

const goneWithinMs = 10_000;
const pollMs = 50;

/** The claim of one `npm start` on its data folder: no second one may use it at the same time. */
export class Instance {
  private readonly file: string;
  private readonly running: Running[];

  private constructor(dir: string) {
    this.file = path.join(dir, 'running.json');
    this.running = [{ pid: process.pid, command: commandOf(process.pid) }];
    this.write();
  }

  /** Claims the folder, and ends what an earlier stack left there when it was killed. */
  static async claim(dir: string, port: number): Promise<Instance> {
    const [owner, ...children] = readRunning(path.join(dir, 'running.json'));
    if (owner && isAlive(owner)) {
      throw new Problem(
        `A stack on port ${port} is already running from this folder (process ${owner.pid}).`,
        'Stop it, or start a second one beside it: npm start -- --port 7450',
      );
    }
    const leftOver = [...children, ...leftOverPostgres(dir)];
    await Promise.all(leftOver.map(end));
    return new Instance(dir);
  }

  add(child: Child): void {
    this.running.push({ pid: child.pid, command: commandOf(child.pid) });
    this.write();
  }

  release(): void {
    rmSync(this.file, { force: true });
  }

  private write(): void {
    writeFileSync(this.file, JSON.stringify(this.running));
  }
}

function readRunning(file: string): Running[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/** A postmaster that still runs on the folder's data, whoever started it. */
function leftOverPostgres(dir: string): Running[] {
  const data = path.join(dir, 'data');
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return [];
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const command = commandOf(pid);
  return command.includes(data) ? [{ pid, command }] : [];
}

async function end(left: Running): Promise<void> {
  const deadline = Date.now() + goneWithinMs;
  // To Nakama and PostgreSQL alike this means: stop now, but in order.
  if (isAlive(left)) process.kill(left.pid, 'SIGINT');
  while (isAlive(left) && Date.now() < deadline) await sleep(pollMs);
  if (isAlive(left)) process.kill(left.pid, 'SIGKILL');
}

function isAlive({ pid, command }: Running): boolean {
  return command !== '' && commandOf(pid) === command;
}

/** The command line of a process; empty where there is none. */
function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}
