export declare const MAX_VERSION_LENGTH = 64;
/** The name under which clients send their version: join metadata, session variable, matchmaker property. */
export declare const CLIENT_VERSION = "client_version";
/** Join metadata: `1` from a client that knows this server, and not only the addon's protocol. */
export declare const ANNOUNCEMENT = "online_match";
/** Any text of at most 64 characters, the empty one included; half a surrogate pair is no text. */
export declare function isVersion(value: unknown): value is string;
/**
 * `v` and the hex of the version's UTF-8: a word that means the same in a Nakama query as in a property.
 * As they are, dates never match there, `*` matches too much, and a colon is an error.
 */
export declare function versionKeyOf(version: string | null): string;
