import { settingsIn } from './settings.ts';

/**
 * `get_ice_servers`: nothing → `{success: true, response: {ice_servers: [{urls: [url]}, …]}}`, the shape that
 * addons with such a call know.
 */
export function getIceServers(ctx: nkruntime.Context): string {
  const iceServers = settingsIn(ctx).ONLINE_MATCH_STUN_URLS.map((url) => ({ urls: [url] }));
  return JSON.stringify({ success: true, response: { ice_servers: iceServers } });
}
