import { setTimeout as sleep } from 'node:timers/promises';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { memoryInUseKb } from './go-memory.ts';
import { type Figure, type Measure, type MeasureOptions, Notebook } from './measure.ts';
import { cpuMicrosOf, usageOf } from './process.ts';
import { bundleThatCreates, floor, listed, room, type Subject } from './room-subjects.ts';

const subjects = [floor, listed, room];

interface Size {
  readonly rounds: number;
  readonly created: number;
  readonly idle: readonly number[];
  /** Numbers of rooms that only the last round goes up to. */
  readonly idleOnce: readonly number[];
  readonly idleSec: number;
}

const full: Size = { rounds: 5, created: 400, idle: [100, 1000], idleOnce: [5000], idleSec: 8 };
const quick: Size = { rounds: 1, created: 200, idle: [1000], idleOnce: [], idleSec: 3 };

const WARM_UP = 100;
const PER_CALL = 50;
const SETTLE_MS = 1200;

export const roomCost: Measure = {
  name: 'room-cost',
  title: "A room's cost",
  about: (options) => {
    const { created, idleSec } = sizeFor(options);
    return (
      `A match that nobody has joined, made by a loop inside the server: CPU of one in ${created}, for ` +
      "nk.matchCreate alone and with all that the module's RPC does, memory " +
      `once they are there (in use, and resident, which is more by what Go has not collected yet), and the CPU ` +
      `that so many of them take of a second, measured over ${idleSec} s that begin with a garbage collection; ` +
      'what a server without matches takes is subtracted.'
    );
  },
  reference: floor.name,
  run: async (options) => {
    const size = sizeFor(options);
    const notebook = new Notebook();
    for (let round = 1; round <= size.rounds; round++) {
      const idle = round === size.rounds ? [...size.idle, ...size.idleOnce] : size.idle;
      for (const subject of round % 2 === 1 ? subjects : [...subjects].reverse()) {
        options.say(`a room's cost: round ${round} of ${size.rounds}, ${subject.name}`);
        await measure(subject, { ...size, idle }, notebook);
      }
    }
    return notebook.figures();
  },
};

function sizeFor({ quick: isQuick }: MeasureOptions): Size {
  return isQuick ? quick : full;
}

async function measure(
  subject: Subject,
  { created, idle, idleSec }: Size,
  notebook: Notebook,
): Promise<void> {
  const server = await startServer({
    modulePath: bundleThatCreates(subject),
    env: { ONLINE_MATCH_UNJOINED_SEC: '3600' },
  });
  const note = (name: string, unit: Figure['unit'], figure: number) =>
    notebook.note({ name, unit, on: subject.name }, figure);
  try {
    const alone = await idleMsPerSec(server, idleSec);
    const lookAt = async (counts: readonly number[], already: number) => {
      let there = already;
      for (const count of counts) {
        if (count > there) await create(server, count - there);
        there = Math.max(there, count);
        await memoryInUseKb(server);
        const taken = (await idleMsPerSec(server, idleSec)) - alone;
        const name = `CPU per second of ${count.toLocaleString('en')} idle ones`;
        note(name, 'ms', (taken * count) / there);
      }
    };

    await create(server, WARM_UP);
    await lookAt(idle.filter(isFew), WARM_UP);

    const memoryBefore = await memoryInUseKb(server);
    const residentBefore = (await usageOf(server.pid)).memoryKb;
    const creation = await cpuMicrosOf(server.pid, () => create(server, created));
    await sleep(SETTLE_MS);
    const memory = (await memoryInUseKb(server)) - memoryBefore;
    const resident = (await usageOf(server.pid)).memoryKb - residentBefore;
    note('CPU to make one', 'µs', creation / created);
    note('memory of one, in use', 'KB', memory / created);
    note('memory of one, resident', 'KB', resident / created);

    const request = await cpuMicrosOf(server.pid, () => create(server, created, 'request_many'));
    note('CPU to make one, asked for by RPC', 'µs', request / created);

    await lookAt(
      idle.filter((count) => !isFew(count)),
      WARM_UP + 2 * created,
    );
  } finally {
    await server.stop();
  }
}

function isFew(count: number): boolean {
  return count <= WARM_UP;
}

async function create(server: Server, count: number, rpc = 'create_many'): Promise<void> {
  for (let left = count; left > 0; left -= PER_CALL) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/v2/rpc/${rpc}?http_key=${server.httpKey}`, {
      method: 'POST',
      body: JSON.stringify(String(Math.min(left, PER_CALL))),
    });
    if (!answer.ok) throw new Error(`matches could not be made: ${await answer.text()}`);
  }
}

async function idleMsPerSec({ pid }: Server, seconds: number): Promise<number> {
  return (await cpuMicrosOf(pid, () => sleep(seconds * 1000))) / 1000 / seconds;
}
