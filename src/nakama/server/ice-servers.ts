import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import type { IceServers } from '../../protocol/rpcs/get-ice-servers.ts';
import { type Settings, settingsIn } from './settings.ts';

/** As the server's settings have them. */
export function iceServersOf(ctx: nkruntime.Context, nk: nkruntime.Nakama, userId: string): IceServers {
  return iceServersFor(nk, settingsIn(ctx), userId);
}

/**
 * The configured servers. Those for TURN come with credentials that one user has for a while, where their secret is
 * known, else with the one login that there is.
 */
export function iceServersFor(nk: nkruntime.Nakama, settings: Settings, userId: string): IceServers {
  const {
    ONLINE_MATCH_STUN_URLS: stun,
    ONLINE_MATCH_TURN_URLS: turn,
    ONLINE_MATCH_TURN_TTL_SEC: ttl,
    ONLINE_MATCH_TURN_SECRET: secret,
  } = settings;
  const plain = stun.length === 0 ? [] : [{ urls: stun }];
  if (turn.length === 0) return { iceServers: plain, expiresIn: null };
  if (secret === '') {
    const { ONLINE_MATCH_TURN_USERNAME: username, ONLINE_MATCH_TURN_CREDENTIAL: credential } = settings;
    return { iceServers: [...plain, { urls: turn, username, credential }], expiresIn: null };
  }
  const username = `${Math.floor(Date.now() / 1000) + ttl}:${userId}`;
  const credential = credentialFor(nk, username, secret);
  return { iceServers: [...plain, { urls: turn, username, credential }], expiresIn: ttl };
}

/** As coturn checks it with `use-auth-secret`; Nakama's runtime has no HMAC-SHA1. */
function credentialFor(nk: nkruntime.Nakama, username: string, secret: string): string {
  const bytes = (text: string) => new Uint8Array(nk.stringToBinary(text));
  return nk.base64Encode(hmac(sha1, bytes(secret), bytes(username)).buffer as ArrayBuffer);
}
