export const MAX_VERSION_LENGTH = 64;

/** The name under which clients send their version: join metadata, session variable, matchmaker property. */
export const CLIENT_VERSION = 'client_version';

/** Any text of at most 64 characters, the empty one included; half a surrogate pair is no text. */
export function isVersion(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_VERSION_LENGTH) return false;
  try {
    encodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * `v` and the hex of the version's UTF-8: a word that means the same in a Nakama query as in a property.
 * As they are, dates never match there, `*` matches too much, and a colon is an error.
 */
export function versionKeyOf(version: string | null): string {
  const escaped = encodeURIComponent(version ?? '');
  const hex = escaped.replace(/%(..)|(.)/g, (_, byte?: string, char?: string) =>
    byte === undefined ? (char ?? '').charCodeAt(0).toString(16) : byte.toLowerCase(),
  );
  return `v${hex}`;
}
