import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Problem } from '../../tools/stack/problem.js';
import { Report } from '../../tools/stack/report.ts';
import { stopSignal } from '../../tools/stack/signals.ts';
import { type BotsOptions, botsHelp, botsOptions } from './options.ts';
import type { Order } from './orders.ts';
import { probe } from './probe.ts';
import { render } from './render.ts';
import { type Course, type Summary, summarise } from './summary.ts';
import { Totals } from './totals.ts';
import { openView } from './view.ts';
import { Workers } from './workers.ts';

const report = new Report();
const lookEveryMs = 250;

/** `npm run bots`: bots play on a running server until their time is over, or until Ctrl-C. */
export async function main(args: string[]): Promise<void> {
  const stopped = stopSignal();
  try {
    const options = botsOptions(args, process.env);
    if (options.help) return report.say(botsHelp);
    const name = `bots-${randomUUID().slice(0, 8)}`;
    await probe(options, `${name}-probe`);
    const summary = await play(options, name, stopped);
    report.say(`\n${render(summary)}`);
    if (options.json !== null) write(options.json, summary);
    process.exit(summary.broken.length === 0 ? 0 : 1);
  } catch (error) {
    report.fail(error);
    process.exit(1);
  }
}

async function play(options: BotsOptions, name: string, stopped: Promise<string>): Promise<Summary> {
  const { rooms, players, workers, rate } = options;
  const totals = new Totals();
  const processes = new Workers(ordersFor(options, name), totals);
  report.say(
    `• Playing ${rooms} rooms of ${players} on ${options.host}:${options.port} (${workers} processes, at most ${Math.round(rate)} players a second)`,
  );
  await Promise.race([processes.begun, stopped]);
  const durationMs = options.minutes * 60_000;
  const view = openView(totals, durationMs);
  const watch = new Watch(totals, (1000 * rooms * players) / rate);
  const looks = setInterval(() => view.update(watch.look()), lookEveryMs);
  const end = await Promise.race([
    stopped,
    processes.ended.then(() => 'all workers ended'),
    new Promise<null>((resolve) => setTimeout(resolve, durationMs, null)),
  ]);
  const course = watch.course();
  clearInterval(looks);
  view.close();
  report.say(end === null ? '• Finishing' : `\n• Stopping (${end})`);
  await processes.stop();
  return summarise(options, totals, course);
}

/** How many rooms there were at a time, once all players had come. */
class Watch {
  readonly #begun = performance.now();
  readonly #looks: { playing: number; forming: number }[] = [];

  constructor(
    private readonly totals: Totals,
    private readonly rampMs: number,
  ) {}

  look(): number {
    const elapsedMs = performance.now() - this.#begun;
    const { playing, forming } = this.totals;
    if (elapsedMs > this.rampMs) this.#looks.push({ playing, forming });
    return elapsedMs;
  }

  course(): Course {
    const mean = (of: 'playing' | 'forming') =>
      this.#looks.reduce((sum, look) => sum + look[of], 0) / Math.max(1, this.#looks.length);
    return { seconds: this.look() / 1000, playing: mean('playing'), forming: mean('forming') };
  }
}

/** The rooms dealt out evenly. */
function ordersFor(options: BotsOptions, name: string): Order[] {
  const { host, port, ssl, serverKey, rooms, players, staySec, candidates, mix, rate, workers } = options;
  return Array.from({ length: workers }, (_, index) => {
    const share = Math.floor(rooms / workers) + (index < rooms % workers ? 1 : 0);
    return {
      server: { host, port, ssl, serverKey },
      name: `${name}-${index}`,
      rooms: share,
      players,
      staySec,
      candidates,
      mix,
      rate: (rate * share) / rooms,
    };
  });
}

function write(file: string, summary: Summary): void {
  try {
    writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
  } catch (error) {
    throw new Problem(`The report could not be written: ${(error as Error).message}.`);
  }
}
