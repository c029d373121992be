import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Server, startServer } from '../../test/support/server.ts';
import { projectDir } from '../../tools/stack/folders.ts';
import { memoryInUseKb } from './go-memory.ts';
import type { Figure, Measure, MeasureOptions } from './measure.ts';
import { cpuMicrosOf, usageOf } from './process.ts';

interface Subject {
  readonly name: string;
  /** From the project's folder. */
  readonly bundle: string;
  /** Makes one match, in the terms of the bundle. */
  readonly create: string;
}

const floor: Subject = {
  name: 'empty handler',
  bundle: 'proof/bench/baselines/empty-handler.js',
  create: "nk.matchCreate('empty', {})",
};

const room: Subject = {
  name: 'room',
  bundle: 'build/index.js',
  create: "createOnlineMatch(ctx, logger, nk, '')",
};

interface Size {
  readonly rounds: number;
  readonly created: number;
  readonly idle: readonly number[];
  /** Numbers of rooms that only the last round goes up to. */
  readonly idleOnce: readonly number[];
  readonly idleSec: number;
}

const full: Size = { rounds: 5, created: 300, idle: [100, 1000], idleOnce: [5000], idleSec: 8 };
const quick: Size = { rounds: 1, created: 200, idle: [300], idleOnce: [], idleSec: 3 };

const WARM_UP = 100;
const PER_CALL = 50;
const SETTLE_MS = 1200;

export const roomCost: Measure = {
  name: 'room-cost',
  title: "A room's cost",
  about: (options) => {
    const { created, idleSec } = sizeFor(options);
    return (
      `A match that nobody has joined, made by a loop inside the server: CPU of one in ${created}, memory ` +
      `once they are there (in use, and resident, which is more by what Go has not collected yet), and the CPU ` +
      `that so many of them take of a second, measured over ${idleSec} s that begin with a garbage collection; ` +
      'what a server without matches takes is subtracted.'
    );
  },
  reference: floor.name,
  run: async (options) => {
    const size = sizeFor(options);
    const figures = new Figures();
    for (let round = 1; round <= size.rounds; round++) {
      const idle = round === size.rounds ? [...size.idle, ...size.idleOnce] : size.idle;
      for (const subject of round % 2 === 1 ? [floor, room] : [room, floor]) {
        options.say(`a room's cost: round ${round} of ${size.rounds}, ${subject.name}`);
        await measure(subject, { ...size, idle }, figures);
      }
    }
    return figures.all();
  },
};

function sizeFor({ quick: isQuick }: MeasureOptions): Size {
  return isQuick ? quick : full;
}

class Figures {
  private readonly found = new Map<string, Figure & { readonly rounds: number[] }>();

  add(name: string, unit: Figure['unit'], on: string, value: number): void {
    const key = `${name}, ${on}`;
    const figure = this.found.get(key) ?? { name, unit, on, rounds: [] };
    figure.rounds.push(value);
    this.found.set(key, figure);
  }

  all(): Figure[] {
    return [...this.found.values()];
  }
}

async function measure(subject: Subject, { created, idle, idleSec }: Size, figures: Figures): Promise<void> {
  const server = await startServer({
    modulePath: bundleThatCreates(subject),
    env: { ONLINE_MATCH_UNJOINED_SEC: '3600' },
  });
  try {
    const alone = await idleMsPerSec(server, idleSec);
    await create(server, WARM_UP);
    await sleep(SETTLE_MS);

    const memoryBefore = await memoryInUseKb(server);
    const residentBefore = (await usageOf(server.pid)).memoryKb;
    const creation = await cpuMicrosOf(server.pid, () => create(server, created));
    await sleep(SETTLE_MS);
    const memory = (await memoryInUseKb(server)) - memoryBefore;
    const resident = (await usageOf(server.pid)).memoryKb - residentBefore;
    figures.add('CPU to make one', 'µs', subject.name, creation / created);
    figures.add('memory of one, in use', 'KB', subject.name, memory / created);
    figures.add('memory of one, resident', 'KB', subject.name, resident / created);

    let there = WARM_UP + created;
    for (const count of idle) {
      if (count > there) await create(server, count - there);
      there = Math.max(there, count);
      await sleep(SETTLE_MS);
      await memoryInUseKb(server);
      const taken = await idleMsPerSec(server, idleSec);
      const share = ((taken - alone) * count) / there;
      figures.add(`CPU per second of ${count.toLocaleString('en')} idle ones`, 'ms', subject.name, share);
    }
  } finally {
    await server.stop();
  }
}

/** The subject's bundle with one RPC more, which makes as many matches as it is told. */
function bundleThatCreates({ bundle, create }: Subject): string {
  const text = readFileSync(path.join(projectDir, bundle), 'utf8');
  const start = /^function InitModule\([^)]*\) \{$/m;
  if (!start.test(text)) throw new Error(`${bundle} has no InitModule where it is looked for`);
  const registering = text.replace(start, "$&\n  initializer.registerRpc('create_many', createMany);");
  const rpc = `function createMany(ctx, logger, nk, payload) {
  for (let left = Number(payload); left > 0; left--) ${create};
}`;
  const file = path.join(projectDir, 'build', 'bench', path.basename(bundle));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${registering}\n${rpc}\n`);
  return file;
}

async function create(server: Server, count: number): Promise<void> {
  for (let left = count; left > 0; left -= PER_CALL) {
    const answer = await fetch(
      `http://127.0.0.1:${server.port}/v2/rpc/create_many?http_key=${server.httpKey}`,
      {
        method: 'POST',
        body: JSON.stringify(String(Math.min(left, PER_CALL))),
      },
    );
    if (!answer.ok) throw new Error(`matches could not be made: ${await answer.text()}`);
  }
}

async function idleMsPerSec({ pid }: Server, seconds: number): Promise<number> {
  return (await cpuMicrosOf(pid, () => sleep(seconds * 1000))) / 1000 / seconds;
}
