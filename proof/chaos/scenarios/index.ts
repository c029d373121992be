import type { Scenario } from '../scenario.ts';
import { abandoned } from './abandoned.ts';
import { databaseHangs, databaseStopped } from './database.ts';
import { flapping } from './flapping.ts';
import { hostileMember, hostileSockets, hostileUser } from './hostile.ts';
import { matched } from './matched.ts';
import { midJoin } from './mid-join.ts';
import { networkGone } from './network-gone.ts';
import { restart } from './restart.ts';
import { slowReader } from './slow-reader.ts';

/** So often the network goes and comes back within it. */
const A_MINUTE = 10;

/** Short, since a bound that is to hold holds from the first second on. */
const ATTACK_TIMES = { quietSec: 1, attackSec: 2 };

export const SCENARIOS: readonly Scenario[] = [
  midJoin,
  matched,
  abandoned,
  networkGone,
  slowReader,
  flapping(A_MINUTE),
  databaseStopped,
  databaseHangs,
  restart,
  ...[hostileMember, hostileUser, hostileSockets].map((scenarioOf) => scenarioOf(ATTACK_TIMES)),
];
