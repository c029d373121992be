// What a client says in its join metadata that it can, as words with blanks between: repair is chosen by what both ends can.

export const CAPABILITIES = [
  /** To carry its data through the server, in frames. */
  'fallback',
  /** To begin and to answer an ICE restart. */
  'ice_restart',
  /** To send and to take audio and video. */
  'media',
  /** To pass on, as the host of a star, what two players say to each other. */
  'pass_on',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

export function encodeCapabilities(can: readonly Capability[]): string {
  return can.join(' ');
}

/** The server, and clients, read those that they know, sorted. */
export function capabilitiesIn(words: unknown): readonly Capability[] {
  const named = typeof words === 'string' && words.length <= MOST_CHARACTERS ? words.split(' ') : words;
  return Array.isArray(named) ? CAPABILITIES.filter((one) => named.includes(one)) : [];
}

const MOST_CHARACTERS = 256;
