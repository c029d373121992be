import { setTimeout as sleep } from 'node:timers/promises';
import { LightBot } from '../../kit/players/light-bot.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';
import { startServer } from '../../kit/servers/server.ts';
import { DEAR, type Dear } from './dear-messages.ts';
import { gatherSenders, type Sender } from './dear-senders.ts';
import { type Figure, type Measure, Notebook } from './measure.ts';
import { cpuMicrosOf } from './process.ts';
import { ratios } from './statistics.ts';
import { Subject } from './subjects.ts';

/** Sizes in bytes, as the table names them. */
const SIZES = { '64 B': 64, '1 KB': 1024, '16 KB': 16_000 } as const;
type Size = keyof typeof SIZES;
const sizes = Object.keys(SIZES) as Size[];

/** All is looked at in few messages, and what was dearest then in more. */
const amounts = (isQuick: boolean) =>
  isQuick ? { looks: 1, atOnce: 4, rounds: 3, each: 8 } : { looks: 2, atOnce: 4, rounds: 7, each: 16 };
/** Which of a server's bounds would hide what a message costs that comes within them. */
const unbounded = {
  ONLINE_MATCH_DESCRIPTION_BURST: '64',
  ONLINE_MATCH_CANDIDATE_BURST: '1024',
  ONLINE_MATCH_REJECT_BURST: '1000000',
  ONLINE_MATCH_REFILL_SEC: '1',
};

/** What one message of a client can cost, at the worst, beside one that Nakama relays. */
export const dearest: Measure = {
  name: 'dearest',
  title: 'The dearest message of every kind',
  reference: Subject.BESIDE,
  about(options) {
    const { looks, atOnce, rounds, each } = amounts(options.quick);
    return (
      `Of every opcode, in JSON and in the addon's binary dialect, ${DEAR.length} ways to make a message dear (nested, ` +
      'many keys, many players, long texts, escapes, no UTF-8, empty, …), each in three sizes and from senders who are ' +
      `entitled to it and who are not, in rooms of 16: a look at all of them, in ${looks * atOnce} messages each, then ` +
      `the dearest of every row again, in ${rounds} rounds of ${each} messages. The CPU is what the server's process took, less what it takes in ` +
      'as much time without them. Nakama makes objects of the recipients that a sender names before it asks any module, in ' +
      'a relayed match as well: they have a row of their own for that. Bounds on how much a player may signal are lifted.'
    );
  },
  async run({ quick: isQuick, say }) {
    const config = { 'runtime.js_min_count': '16' };
    const server = await startServer({ modulePath: 'build/index.js', env: unbounded, config });
    try {
      const { relay, relayed } = await relayedPair(new RealHost(server), server.port);
      const senders = [relayed, ...(await gatherSenders(server))];
      await sleep(SETTLE_MS);
      const idle = (await cpuMicrosOf(server.pid, () => sleep(SETTLE_MS))) / SETTLE_MS;
      const take = async (work: () => Promise<void>, messages: number) => {
        const begun = performance.now();
        const micros = await cpuMicrosOf(server.pid, work);
        return Math.max(0, micros - idle * (performance.now() - begun)) / messages;
      };
      return await compare(relay, senders, amounts(isQuick), take, say);
    } finally {
      await server.stop();
    }
  },
};

const SETTLE_MS = 2000;

/** The worst of all, of those whose cost this module decides. */
export function dearestIn(
  figures: readonly Figure[],
): { readonly on: string; readonly ratio: number } | null {
  const found = figures.filter(({ name }) => name.startsWith(CPU));
  const worst = found
    .filter(({ on }) => on !== Subject.BESIDE && !on.includes(MANY_RECIPIENTS))
    .map((figure) => {
      const relayed = found.find(({ name, on }) => name === figure.name && on === Subject.BESIDE);
      return { on: `${figure.on}, ${figure.name}`, ratio: relayed ? ratios(figure, relayed).ratio : 0 };
    })
    .sort((a, b) => b.ratio - a.ratio);
  return worst[0] ?? null;
}

/** How the columns of the table begin. */
const CPU = 'CPU of one of ';
const MANY_RECIPIENTS = 'many recipients';

/** The CPU of each of so many messages, in µs. */
type Take = (work: () => Promise<void>, messages: number) => Promise<number>;
/** Nakama relays so many messages of a size, without asking any match. */
type Relay = (bytes: number, messages: number) => Promise<void>;

/** One way to make a message dear, from one sender. */
interface Try {
  readonly dear: Dear;
  readonly sender: Sender;
}

async function compare(
  relay: Relay,
  senders: readonly Sender[],
  { looks, atOnce, rounds, each }: ReturnType<typeof amounts>,
  take: Take,
  say: (line: string) => void,
): Promise<Figure[]> {
  const notebook = new Notebook();
  const note = (size: Size, on: string, micros: number) =>
    notebook.note({ name: `${CPU}${size}`, unit: 'µs', on }, micros);
  let turn = 0;
  const takeTry = ({ dear, sender }: Try, size: Size, messages: number) =>
    take(async () => {
      for (let left = messages; left > 0; left--) sendOne(dear, sender, SIZES[size], turn++);
      await sender.player.ping();
    }, messages);
  const takeRelayed = (size: Size, messages: number) => take(() => relay(SIZES[size], messages), messages);

  const tries = DEAR.flatMap((dear) =>
    senders
      .filter((sender) => dear.isAddressed || !sender.isRelayed)
      .map((sender): Try => ({ dear, sender })),
  );
  const looked = new Map<Try, number>();
  say(`a look at ${tries.length} tries`);
  for (const size of sizes) {
    const relayed = await takeRelayed(size, 100);
    for (const one of tries) {
      const micros: number[] = [];
      // Whatever else the server did meanwhile only adds.
      for (let look = 1; look <= looks; look++) micros.push(await takeTry(one, size, atOnce));
      looked.set(one, Math.max(looked.get(one) ?? 0, Math.min(...micros) / relayed));
    }
  }

  const finalists = deaidleOfRows(tries, (one) => looked.get(one) ?? 0);
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}: the dearest of ${finalists.length} kinds`);
    for (const size of sizes) {
      note(size, Subject.BESIDE, await takeRelayed(size, 2 * each));
      for (const one of finalists) note(size, titleOf(one), await takeTry(one, size, each));
    }
  }
  return notebook.figures();
}

function sendOne({ opCode, isAddressed, write }: Dear, sender: Sender, bytes: number, turn: number): void {
  const { player, matchId, names } = sender;
  const recipients = isAddressed && Array.from({ length: bytes / 3 }, () => ({}));
  player.sendData(matchId, opCode, write(bytes, names, turn), recipients || undefined);
}

/** Of every opcode and dialect, the dearest try of those who are entitled to it, and of those who are not. */
function deaidleOfRows(tries: readonly Try[], ratioOf: (one: Try) => number): Try[] {
  const rows = new Map<string, Try>();
  for (const one of tries) {
    const known = rows.get(rowOf(one));
    if (known === undefined || ratioOf(one) > ratioOf(known)) rows.set(rowOf(one), one);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function rowOf({ dear, sender }: Try): string {
  if (dear.isAddressed) return `${MANY_RECIPIENTS}, in a ${sender.isRelayed ? 'relayed match' : 'room'}`;
  if (sender.isStranger) return 'of any kind';
  return `${dear.opCode} ${dear.dialect}, ${sender.isEntitled(dear) ? 'entitled' : 'not entitled'}`;
}

function titleOf(one: Try): string {
  const { dear, sender } = one;
  if (dear.isAddressed) return `${dear.opCode}, ${rowOf(one)}, from a ${sender.name}`;
  const row = sender.isStranger ? `${dear.opCode} ${dear.dialect}` : rowOf(one);
  return `${row}: ${dear.name}, from a ${sender.name}`;
}

/** Two players in a relayed match on the same server. */
async function relayedPair(
  host: RealHost,
  port: number,
): Promise<{ readonly relay: Relay; readonly relayed: Sender }> {
  const connect = async () => LightBot.connect(port, await host.signIn());
  const [from, to] = await Promise.all([connect(), connect()]);
  const { match_id: matchId } = await from.createMatch('the dearest message');
  await to.join(matchId);
  const relay: Relay = async (bytes, messages) => {
    const arrived = new Promise<void>((resolve) => {
      let left = messages;
      to.onData(9001, () => {
        if (--left === 0) resolve();
      });
    });
    const data = Buffer.alloc(bytes, 'x');
    for (let left = messages; left > 0; left--) from.sendData(matchId, 9001, data);
    await arrived;
  };
  const names = { host: from.self.session_id, peer: to.self.session_id, waiting: to.self.session_id };
  const relayed = {
    name: 'player',
    player: from,
    matchId,
    names,
    isRelayed: true,
    isEntitled: () => true,
  } as const;
  return { relay, relayed };
}
