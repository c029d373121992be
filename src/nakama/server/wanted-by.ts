import type { Wanted } from '../../protocol/rpcs/list-online-matches.ts';
import { CLIENT_VERSION, isVersion } from '../../protocol/version.ts';

/** What a caller wants; their session says of which version they are where the request does not, as in a join. */
export function wantedBy({ vars }: nkruntime.Context, wanted: Wanted): Wanted {
  const version = vars?.[CLIENT_VERSION];
  return wanted.clientVersion === null && isVersion(version) ? { ...wanted, clientVersion: version } : wanted;
}
