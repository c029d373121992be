import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';
import type { FromWorker, Order, ToWorker } from './orders.ts';
import type { Totals } from './totals.ts';

const killAfterMs = 30_000;

/** The processes that play. */
export class Workers {
  /** All have begun, or ended before. */
  readonly begun: Promise<unknown>;
  readonly ended: Promise<unknown>;
  readonly #workers: ChildProcess[];

  constructor(orders: readonly Order[], totals: Totals) {
    const bootstrap = path.join(projectDir, 'tools', 'bootstrap.js');
    this.#workers = orders.map((order) =>
      fork(bootstrap, ['proof/bots/worker', JSON.stringify(order)], {
        // A process group of its own: Ctrl-C reaches only us, and we stop things in order.
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );
    const lives = this.#workers.map((worker, index) => follow(worker, index, totals));
    this.begun = Promise.all(lives.map(({ begun }) => begun));
    this.ended = Promise.all(lives.map(({ ended }) => ended));
  }

  /** Asks all to finish, ends by force who takes too long, resolves when all are gone. */
  async stop(): Promise<void> {
    const message: ToWorker = 'stop';
    for (const worker of this.#workers) if (worker.connected) worker.send(message, () => {});
    const force = setTimeout(() => {
      for (const worker of this.#workers) worker.kill('SIGKILL');
    }, killAfterMs);
    await this.ended;
    clearTimeout(force);
  }
}

function follow(worker: ChildProcess, index: number, totals: Totals) {
  let isDone = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code, signal) => {
      if (!isDone) {
        const sentence = `worker ${index + 1} ended by itself (${signal ?? `code ${code}`})`;
        totals.trouble({ step: 'worker', code: 'ended', sentence });
      }
      resolve();
    });
  });
  const begun = new Promise<void>((resolve) => {
    worker.on('message', ({ delta, isLast }: FromWorker) => {
      totals.add(index, delta);
      isDone = isLast;
      resolve();
    });
  });
  return { begun: Promise.race([begun, ended]), ended };
}
