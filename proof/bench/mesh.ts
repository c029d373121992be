import { setTimeout as sleep } from 'node:timers/promises';
import { type Measure, Notebook } from './measure.ts';
import { startContender, ways } from './nakama-contenders.ts';
import { startPeerJs } from './peerjs-contender.ts';
import { usageOf } from './process.ts';
import { candidate, description } from './signals.ts';
import { type Contender, type Group, inTurns, Subject } from './subjects.ts';

const CANDIDATES = 8;
const PER_PAIR = 1 + CANDIDATES;
/** Nothing has come for so long: what is missing is lost. */
const LOST_AFTER_MS = 1200;

export const ownQueues = "Nakama's own queues";
const QUEUES = [
  [ownQueues, null],
  ['the queues of local.yml', 'local.yml'],
] as const;

/** `proofRuns`: of a room on Nakama's own queues, where not one message of a large mesh may be lost. */
const amounts = (quick: boolean) =>
  quick
    ? { sizes: [2, 8], runs: 2, proofRuns: 2, queues: QUEUES.slice(0, 1) }
    : { sizes: [2, 4, 8, 16], runs: 5, proofRuns: 20, queues: QUEUES };

const LARGE = 8;

/** Everybody signals everybody at once: how long until all of it has arrived, and whether it does. */
export const mesh: Measure = {
  name: 'mesh',
  title: 'The signalling of a full mesh',
  reference: Subject.ADDRESSED,
  about({ quick }) {
    const { runs, proofRuns } = amounts(quick);
    return (
      `Clients that are in already connect to each other all at once: of each ordered pair a description of ` +
      `1.2 KB and ${CANDIDATES} candidates, the answering side's once the offer has come. The time is from the ` +
      `first message sent to the last one received, of the runs that lost nothing. ${runs} runs each, in turns; ` +
      `${proofRuns} of this module's room with ${LARGE} and more clients on Nakama's own queues. *Cut off* are clients whose ` +
      `queue ran over: Nakama closes their sockets. All clients are one process here, and read slower than as many players. The ` +
      `addon sends to everybody in a relayed match, and the receivers pick; *addressed* is a client that names the recipient.`
    );
  },
  async run({ quick, say }) {
    const { sizes, queues } = amounts(quick);
    const notebook = new Notebook();
    for (const [section, configFile] of queues) {
      const contenders = await Promise.all([
        startContender(ways.room, { configFile }),
        startContender(ways.relayed, { configFile }),
        startContender(ways.addressed, { configFile }),
        startContender(ways.besideModule, { configFile }),
        startContender(ways.textbook, { configFile }),
        startPeerJs(),
      ]);
      // The first mesh of a server is not counted: it starts JavaScript VMs.
      for (const contender of contenders) await connectAll(contender, 4);
      for (const size of sizes) {
        for (const [contender, run] of schedule(contenders, section, size, quick)) {
          say(`${section}, ${size} clients, run ${run + 1}: ${contender.name}`);
          note(notebook, section, contender, size, await connectAll(contender, size));
        }
      }
      for (const contender of contenders) await contender.stop();
    }
    return notebook.figures();
  },
};

/** Who runs when. */
function schedule(contenders: readonly Contender[], section: string, size: number, quick: boolean) {
  const { runs, proofRuns } = amounts(quick);
  const turns: [Contender, number][] = [];
  for (let run = 0; run < Math.max(runs, proofRuns); run++) {
    for (const contender of inTurns(contenders, run)) {
      const isProof = contender.name === Subject.ROOM && section === ownQueues && size >= LARGE;
      if (run < (isProof ? proofRuns : runs)) turns.push([contender, run]);
    }
  }
  return turns;
}

interface Outcome {
  readonly ms: number;
  readonly cpuMicros: number;
  readonly sent: number;
  readonly lost: number;
  readonly cutOff: number;
}

function note(notebook: Notebook, section: string, { name: on }: Contender, size: number, outcome: Outcome) {
  const { ms, cpuMicros, sent, lost, cutOff } = outcome;
  notebook.note({ section, name: 'messages lost in all', unit: 'messages', on }, lost);
  notebook.note({ section, name: 'clients cut off', unit: 'clients', on }, cutOff);
  notebook.note({ section, name: `${size} clients`, unit: 'ms', on }, lost === 0 ? ms : null);
  if (size >= LARGE) {
    const cpu = lost === 0 ? cpuMicros / sent : null;
    notebook.note({ section, name: `CPU per message of ${size}`, unit: 'µs', on }, cpu);
  }
  notebook.note({ section, name: lossesOf(size), unit: 'runs', on }, lost > 0 ? 1 : 0);
}

export const lossesOf = (size: number) => `${size} clients: runs with losses`;

/** A new group of so many connects. */
async function connectAll(contender: Contender, size: number): Promise<Outcome> {
  const group = await contender.gather(size);
  const expected = size * (size - 1) * PER_PAIR;
  let arrived = 0;
  let lastArrival = performance.now();
  group.onArrival((from, to, signal) => {
    arrived++;
    lastArrival = performance.now();
    if (signal.kind === 'description' && signal.type === 'offer') sendAll(group, to, from, 'answer');
  });
  const before = await usageOf(contender.pid);
  const begun = performance.now();
  for (let from = 0; from < size; from++) {
    for (let to = from + 1; to < size; to++) sendAll(group, from, to, 'offer');
  }
  while (arrived < expected && performance.now() - lastArrival < LOST_AFTER_MS) await sleep(2);
  const after = await usageOf(contender.pid);
  const cutOff = group.cutOff();
  group.close();
  return {
    ms: lastArrival - begun,
    cpuMicros: after.cpuMicros - before.cpuMicros,
    sent: expected,
    lost: expected - arrived,
    cutOff,
  };
}

function sendAll(group: Group, from: number, to: number, type: 'offer' | 'answer'): void {
  group.send(from, to, description(type));
  for (let number = 0; number < CANDIDATES; number++) group.send(from, to, candidate(number));
}
