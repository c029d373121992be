import { setMaxListeners } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadPlayer } from './load-player.ts';
import type { FromWorker, Order, ToWorker } from './orders.ts';
import { Pace } from './pace.ts';
import { Round } from './round.ts';
import { Tally } from './tally.ts';

const reportEveryMs = 500;
const lateResolutionMs = 10;
/** The server lets a user make 20 rooms in a minute. */
const makesRoomEveryMs = 3_100;
const afterTroubleMs = 1_000;
const retireAtOnce = 10;
const retireWithinMs = 5_000;

/** One of the processes that play, started by `npm run bots` with its order as JSON. */
export async function main([json = '']: string[]): Promise<void> {
  const order: Order = JSON.parse(json);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  process.on('message', (message: ToWorker) => message === 'stop' && stop.abort());
  process.on('disconnect', () => process.exit(1));
  if (!process.connected) process.exit(1);

  const tally = new Tally();
  const tell = teller(tally);
  await tell(false);
  const reports = setInterval(() => void tell(false), reportEveryMs);
  const players = await playAll(order, tally, stop.signal);
  await retire(players);
  clearInterval(reports);
  await tell(true);
  process.exit(0);
}

/** Sends what has happened since the last time. */
function teller(tally: Tally): (isLast: boolean) => Promise<void> {
  const late = monitorEventLoopDelay({ resolution: lateResolutionMs });
  late.enable();
  return (isLast) => {
    const lateMs = Math.max(0, late.percentile(99) / 1e6 - lateResolutionMs);
    late.reset();
    const message: FromWorker = { delta: tally.drain(lateMs), isLast };
    return new Promise((resolve) => process.send?.(message, () => resolve()));
  };
}

async function playAll(order: Order, tally: Tally, stop: AbortSignal): Promise<LoadPlayer[]> {
  const pace = new Pace(order.rate);
  const groups = Array.from({ length: order.rooms }, (_, room) =>
    Array.from(
      { length: order.players },
      (_, seat) => new LoadPlayer(order.server, `${order.name}-${room}-${seat}`, tally),
    ),
  );
  await Promise.all(groups.map((group, first) => playOn(group, first, { order, tally, stop, pace })));
  return groups.flat();
}

interface Work {
  readonly order: Order;
  readonly tally: Tally;
  readonly stop: AbortSignal;
  readonly pace: Pace;
}

/** The same players, room after room; each time by the next way in, and made by the next of them. */
async function playOn(group: readonly LoadPlayer[], first: number, work: Work): Promise<void> {
  const { tally, stop, pace } = work;
  const { mix, candidates, staySec } = work.order;
  for (let turn = first; !stop.aborted; turn++) {
    const way = mix[turn % mix.length] ?? 'rpc';
    const creator = turn % group.length;
    const players = [...group.slice(creator), ...group.slice(0, creator)] as [LoadPlayer, ...LoadPlayer[]];
    try {
      if (way !== 'matchmaker') await pauseUntil(players[0].madeRoomAt + makesRoomEveryMs, stop);
      await pace.turn(group.length, stop);
    } catch {
      return;
    }
    const round = new Round({ way, players, candidates, stayMs: staySec * 1000, tally, stop });
    const wentWell = await round.play();
    if (!wentWell) await sleep(afterTroubleMs, undefined, { signal: stop }).catch(() => {});
  }
}

async function pauseUntil(time: number, signal: AbortSignal): Promise<void> {
  const ms = time - performance.now();
  if (ms > 0) await sleep(ms, undefined, { signal });
}

/** Deletes the players' accounts; what fails then is of no interest. */
async function retire(players: LoadPlayer[]): Promise<void> {
  const deadline = performance.now() + retireWithinMs;
  const rest = [...players];
  const retireOne = async () => {
    for (let player = rest.pop(); player !== undefined; player = rest.pop()) {
      if (performance.now() < deadline) await player.retire().catch(() => {});
      else player.drop();
    }
  };
  await Promise.all(Array.from({ length: retireAtOnce }, retireOne));
}
