import { type Fields, parseObject } from '../fields.ts';

// get_ice_servers: the caller's own STUN and TURN servers. A recipient's first 9010 has them, too.

/** As WebRTC takes them, in the fields of `RTCIceServer`. */
export interface IceServers {
  readonly iceServers: readonly {
    readonly urls: readonly string[];
    readonly username?: string;
    readonly credential?: string;
  }[];
  /** Seconds for which the credentials hold; null without any. */
  readonly expiresIn: number | null;
}

/** The server writes the answer, in the shape that addons with such a call know. */
export function encodeIceServers({ iceServers, expiresIn }: IceServers): string {
  return JSON.stringify({ success: true, response: { ice_servers: iceServers, expires_in: expiresIn } });
}

/** Clients read it; null where it is no answer. */
export function decodeIceServers(payload: string): IceServers | null {
  const response = parseObject(payload)?.response as Fields | undefined;
  return iceServersFrom(response?.ice_servers, response?.expires_in);
}

/** From the fields of an answer or of a 9010; null where these are no servers. */
export function iceServersFrom(servers: unknown, expiresIn: unknown): IceServers | null {
  if (!Array.isArray(servers)) return null;
  return { iceServers: servers, expiresIn: typeof expiresIn === 'number' ? expiresIn : null };
}
