import type { Fields } from './fields.ts';
import { isVersion } from './version.ts';

// 9002 without players, in dialect R only: a joiner asks to be let in, and is answered by a 9004 or a 9003.

export interface JoinRequest {
  readonly type: 'join-request';
  readonly clientVersion: string | null;
  readonly spectator: boolean;
}

/** The server reads it. */
export function joinRequestIn({ client_version = null, spectator }: Fields): JoinRequest | null {
  if (client_version !== null && !isVersion(client_version)) return null;
  return { type: 'join-request', clientVersion: client_version, spectator: spectator === true };
}
