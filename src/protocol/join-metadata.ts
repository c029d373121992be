import { type Capability, capabilitiesIn, encodeCapabilities } from './capability.ts';
import type { Fields } from './fields.ts';
import { isPeerId } from './player.ts';
import { PASSWORD } from './rpcs/password.ts';
import { CLIENT_VERSION } from './version.ts';

// What a client says of itself as it joins. Nakama passes on texts only.

/** `1` from a client that knows this server, and not only the addon's protocol. */
export const ANNOUNCEMENT = 'online_match';

/** Of the client's former seat, which it comes back to. */
export interface Resumption {
  readonly peerId: number;
  /** Whether the client has none of its connections any more, as after a reload. */
  readonly fresh: boolean;
}

/** A client that announces itself writes it. */
export function encodeJoinMetadata(
  clientVersion: string,
  resumption: Resumption | null = null,
  password: string | null = null,
  can: readonly Capability[] = [],
): Record<string, string> {
  return {
    [ANNOUNCEMENT]: '1',
    [CLIENT_VERSION]: clientVersion,
    ...(resumption !== null && { resume: `${resumption.peerId}` }),
    ...(resumption?.fresh && { fresh: '1' }),
    ...(password !== null && { [PASSWORD]: password }),
    ...(can.length > 0 && { can: encodeCapabilities(can) }),
  };
}

/** The server reads whether it did. */
export function isAnnouncedIn(metadata: Fields | null): boolean {
  return metadata?.[ANNOUNCEMENT] === '1';
}

/** The server reads which seat is meant; null where a client asks for a new one. */
export function resumptionIn(metadata: Fields | null): Resumption | null {
  const peerId = Number(metadata?.resume ?? Number.NaN);
  return isAnnouncedIn(metadata) && isPeerId(peerId) ? { peerId, fresh: metadata?.fresh === '1' } : null;
}

/** The server reads what it can. */
export function capabilitiesOf(metadata: Fields | null): readonly Capability[] {
  return isAnnouncedIn(metadata) ? capabilitiesIn(metadata?.can) : [];
}
