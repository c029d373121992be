import { Report } from '../tools/stack/report.ts';
import { cleanUp } from '../tools/stack/servers.ts';
import { stopSignal } from '../tools/stack/signals.ts';

/**
 * Runs a command of this folder to its end or until Ctrl-C, stops what it started, and exits: with 0 where
 * `work` resolves to true, that is, where what it checks holds.
 */
export async function runCommand(work: (report: Report) => Promise<boolean>): Promise<never> {
  const report = new Report();
  const outcome = await Promise.race([work(report), stopSignal()]).catch((error) => {
    report.fail(error);
    return false;
  });
  if (typeof outcome === 'string') report.say(`\n✗ Stopped (${outcome}).`);
  await cleanUp();
  process.exit(outcome === true ? 0 : 1);
}
