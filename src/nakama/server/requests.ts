import { refuse } from '../../protocol/refusal.ts';
import type { Settings } from './settings.ts';
import { throwRefusal } from './throw-refusal.ts';
import { takeToken } from './token-bucket.ts';

/**
 * One more request of a user for which the server looks through its rooms, or asks one that they are not in. The game's
 * own backend may always. @throws the refusal `too-many-requests`
 */
export function takeRequest(nk: nkruntime.Nakama, settings: Settings, { userId }: nkruntime.Context): void {
  const perMinute = settings.ONLINE_MATCH_REQUESTS_PER_MINUTE;
  const bucket = { size: perMinute, perMinute };
  if (!userId || takeToken(nk, `online_match/requests/${userId}`, bucket)) return;
  throwRefusal(
    nk,
    refuse('too-many-requests', `more than ${perMinute} requests within a minute, wait a little`),
  );
}
