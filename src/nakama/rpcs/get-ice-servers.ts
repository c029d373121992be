import { encodeIceServers } from '../../protocol/rpcs/get-ice-servers.ts';
import { iceServersOf } from '../server/ice-servers.ts';

/**
 * `get_ice_servers`: nothing → `{success: true, response: {ice_servers: [{urls, username?, credential?}, …],
 * expires_in: seconds | null}}`, the shape that addons with such a call know. The credentials are the caller's own.
 */
export function getIceServers(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
): string {
  return encodeIceServers(iceServersOf(ctx, nk, ctx.userId ?? ''));
}
