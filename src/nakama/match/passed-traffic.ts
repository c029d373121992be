import type { RoomState } from '../../room/step.ts';
import { type Passed, passedOf, takeFlag } from '../server/passed.ts';
import type { Match } from './deliver.ts';
import { type Noticed, noteTraffic, type Tally } from './tally.ts';

interface Counted extends RoomState {
  readonly tally: Tally;
}

/** The state with what went the short way since the last look; the very state where nothing did. */
export function withPassed<State extends Counted>({ nk, id }: Match, state: State): State {
  if (!takeFlag(nk, id)) return state;
  const { room, traffic, tally } = state;
  const noticed = new Map(tally.passed.map((one) => [one.sessionId, one]));
  const passed = room.seats.map(({ sessionId }): Noticed => {
    const { relayed, overBudget } = passedOf(nk, id, sessionId);
    return { sessionId, relayed, overBudget };
  });
  const sum = (count: keyof Passed & keyof Noticed) =>
    passed.reduce((total, one) => total + since(noticed.get(one.sessionId)?.[count] ?? 0, one[count]), 0);
  const overBudget = sum('overBudget');
  const { dropped } = traffic;
  return {
    ...state,
    traffic: {
      ...traffic,
      relayed: traffic.relayed + sum('relayed'),
      dropped:
        overBudget === 0
          ? dropped
          : { ...dropped, 'over-budget': (dropped['over-budget'] ?? 0) + overBudget },
    },
    tally: { ...noteTraffic(tally, traffic), passed },
  };
}

/** A count that is less than before began anew: what a session has passed is forgotten when it is silent for long. */
function since(before: number, now: number): number {
  return now < before ? now : now - before;
}
