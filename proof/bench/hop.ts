import { setTimeout as sleep } from 'node:timers/promises';
import { atRate, type Delivery, oneByOne } from './delivery.ts';
import { type Measure, Notebook } from './measure.ts';
import { startContender, ways } from './nakama-contenders.ts';
import { startPeerJs } from './peerjs-contender.ts';
import { cpuMicrosOf } from './process.ts';
import { type Contender, type Group, inTurns, Subject } from './subjects.ts';

/** Pairs that come together at one time. */
const AT_ONCE = 10;
/** A server that has just started is still busy with itself. */
const SETTLE_MS = 1000;
const TEXTBOOK_TICK_MS = 100;
/** At most, from one message to the next: a room passes on 50 a second to one player by itself, and more by its match. */
const APART_MS = 60;

/** Messages a second between all the pairs: while everybody connects, and now and then. */
const RATES = { busy: 1000, quiet: 200 };
const sectionOf = (perSecond: number) => `${perSecond.toLocaleString('en')} messages a second`;

export const oneAfterTheOther = 'one after the other';
export const busy = sectionOf(RATES.busy);
export const quiet = sectionOf(RATES.quiet);

const amounts = (isQuick: boolean) =>
  isQuick
    ? { rounds: 2, pairs: 10, hops: 100, tickedHops: 5, seconds: 0.5, baseSeconds: 1 }
    : { rounds: 5, pairs: 50, hops: 300, tickedHops: 30, seconds: 2, baseSeconds: 4 };

/** One message from socket to socket: how long it takes, and what it costs the server. */
export const hop: Measure = {
  name: 'hop',
  title: 'One message from socket to socket',
  reference: Subject.RELAYED,
  about(options) {
    const { rounds, pairs, hops, tickedHops, seconds } = amounts(options.quick);
    return (
      `An ICE candidate from one player to another, in ${rounds} rounds that take the servers in turns. ` +
      `*${oneAfterTheOther}*: ${hops} messages at random moments, ${APART_MS} ms apart at most (${tickedHops} within ` +
      `${TEXTBOOK_TICK_MS} ms for the textbook handler, as it ticks). *Messages a second*: ${pairs} pairs send for ${seconds} s, ${RATES.busy / pairs} messages a ` +
      `second each, as two players do who are just connecting, or ${RATES.quiet / pairs}. The CPU is what the ` +
      `server's process used in that time, less what it uses in as much time before anybody is there. A room's ` +
      `bound on how much a player may signal is lifted for it.`
    );
  },
  async run({ quick: isQuick, say }) {
    const { rounds, baseSeconds } = amounts(isQuick);
    const contenders = await Promise.all([
      startContender(ways.room, { env: unboundedSignals }),
      startContender(ways.relayed),
      startContender(ways.besideModule),
      startContender(ways.textbook),
      startPeerJs(),
    ]);
    say('the servers by themselves');
    await sleep(SETTLE_MS);
    const base = await Promise.all(
      contenders.map(({ pid }) => cpuMicrosOf(pid, () => sleep(baseSeconds * 1000))),
    );
    const notebook = new Notebook();
    for (let round = 0; round < rounds; round++) {
      for (const contender of inTurns(contenders, round)) {
        say(`round ${round + 1} of ${rounds}: ${contender.name}`);
        const microsPerSecond = (base[contenders.indexOf(contender)] as number) / baseSeconds;
        await measureOne(contender, microsPerSecond, isQuick, notebook);
      }
    }
    for (const contender of contenders) await contender.stop();
    const figures = notebook.figures();
    return contenders.flatMap(({ name }) => figures.filter(({ on }) => on === name));
  },
};

/** A pair signals all the time here, and not for the moment in which it connects. */
const unboundedSignals = { ONLINE_MATCH_CANDIDATE_BURST: '1024', ONLINE_MATCH_REFILL_SEC: '1' };

async function measureOne(
  contender: Contender,
  baseMicrosPerSecond: number,
  isQuick: boolean,
  notebook: Notebook,
): Promise<void> {
  const { pairs, hops, tickedHops, seconds } = amounts(isQuick);
  const { name: on, pid } = contender;
  const isTicked = on === Subject.TEXTBOOK;
  const first = await contender.gather(2);
  const apartMs = isTicked ? TEXTBOOK_TICK_MS : APART_MS;
  await oneByOne(first, isTicked ? 3 : 100, apartMs);
  const single = await oneByOne(first, isTicked ? tickedHops : hops, apartMs);
  note(notebook, { section: oneAfterTheOther, on }, 'hop ', single);

  const groups = await gatherAll(contender, [first], pairs);
  await atRate(groups, RATES.busy, 0.5);
  for (const perSecond of Object.values(RATES)) {
    const what = { section: sectionOf(perSecond), on };
    const begun = performance.now();
    let loaded!: Delivery;
    const micros = await cpuMicrosOf(pid, async () => {
      loaded = await atRate(groups, perSecond, seconds);
    });
    const base = (baseMicrosPerSecond * (performance.now() - begun)) / 1000;
    const cpu = (micros - base) / (loaded.sent - loaded.lost);
    notebook.note({ ...what, name: 'CPU per message', unit: 'µs' }, cpu);
    note(notebook, what, '', loaded);
  }
  for (const group of groups) group.close();
}

async function gatherAll(contender: Contender, groups: readonly Group[], pairs: number): Promise<Group[]> {
  const all = [...groups];
  while (all.length < pairs) {
    const more = Array.from({ length: Math.min(AT_ONCE, pairs - all.length) }, () => contender.gather(2));
    all.push(...(await Promise.all(more)));
  }
  return all;
}

function note(
  notebook: Notebook,
  what: { section: string; on: string },
  prefix: string,
  { micros, lost }: Delivery,
): void {
  for (const percentile of [50, 90, 99]) {
    const ms = micros.percentile(percentile) / 1000;
    notebook.note({ ...what, name: `${prefix}p${percentile}`, unit: 'ms' }, ms);
  }
  notebook.note({ ...what, name: 'lost', unit: 'messages' }, lost);
}
