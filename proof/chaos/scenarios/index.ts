import type { Scenario } from '../scenario.ts';
import { abandoned } from './abandoned.ts';
import { databaseHangs, databaseStopped } from './database.ts';
import { matched } from './matched.ts';
import { midJoin } from './mid-join.ts';
import { networkGone } from './network-gone.ts';
import { restart } from './restart.ts';
import { slowReader } from './slow-reader.ts';

export const SCENARIOS: readonly Scenario[] = [
  midJoin,
  matched,
  abandoned,
  networkGone,
  slowReader,
  databaseStopped,
  databaseHangs,
  restart,
];
