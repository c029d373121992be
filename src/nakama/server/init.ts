import { showCounters } from './metric-series.ts';
import { describeSettings, settingsIn } from './settings.ts';

/**
 * Checks the settings when the server starts, and logs them.
 * @throws when one is wrong, with a sentence for each: Nakama then does not start.
 */
export function init(ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama): void {
  const settings = settingsIn(ctx);
  showCounters(nk);
  logger.info('online match settings: %s', describeSettings(settings));
}
