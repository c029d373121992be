import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Problem } from './problem.js';

const killAfterMs = 10_000;
const keptLines = 5_000;

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Runs as this user (PostgreSQL refuses to run as root). */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stopSignal: NodeJS.Signals;
  readonly onLine?: (line: string) => void;
}

/** A server process of ours. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** The last lines of stdout and stderr. */
  readonly lines: readonly string[];
  /** Resolves once the process has ended, with how: `code 1` or `signal SIGKILL`. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** Asks it to stop, ends it by force after 10 s, resolves when it is gone. */
  stop(): Promise<void>;
}

const live = new Set<Child>();

/** Stops every server started here, the last one first. */
export async function stopChildren(): Promise<void> {
  for (let child = [...live].at(-1); child; child = [...live].at(-1)) await child.stop();
}

/**
 * Starts a server in a process group of its own, so that Ctrl-C reaches only us and we stop things in order.
 * Should we die without a chance to do so, a watchdog stops it.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    ...options.user,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Problem(`${options.name} (${options.command}) cannot be run: ${(error as Error).message}.`);
  }
  const lines = collectLines(child, options.onLine);
  const watchdog = watch(child.pid as number, options.stopSignal);
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      watchdog?.kill('SIGKILL');
      resolve(signal ? `signal ${signal}` : `code ${code}`);
    });
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (!hasEnded()) child.kill(options.stopSignal);
    const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await ended;
    clearTimeout(force);
  };
  const started = { name: options.name, pid: child.pid as number, lines, ended, hasEnded, stop };
  live.add(started);
  ended.then(() => live.delete(started));
  return started;
}

function collectLines(child: ChildProcess, onLine?: (line: string) => void): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.splice(0, keptLines / 2);
      onLine?.(line);
    });
  }
  return lines;
}

/** A shell that waits for our end of its stdin to close, which happens however we die, then signals `pid`. */
function watch(pid: number, signal: NodeJS.Signals): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const script = 'read -r _; kill -s "$1" "$2" 2>/dev/null';
  const args = ['-c', script, 'watchdog', signal.slice('SIG'.length), String(pid)];
  const watchdog = spawn('/bin/sh', args, { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  return watchdog;
}
