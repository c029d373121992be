import { isText, keyOfText } from './text-key.ts';

export const MAX_VERSION_LENGTH = 64;

/** The name under which clients send their version: join metadata, session variable, matchmaker property. */
export const CLIENT_VERSION = 'client_version';

/** Any text of at most 64 characters, the empty one included; half a surrogate pair is no text. */
export function isVersion(value: unknown): value is string {
  return isText(value, MAX_VERSION_LENGTH);
}

/** The version as a word in queries. */
export function versionKeyOf(version: string | null): string {
  return keyOfText('v', version ?? '');
}
