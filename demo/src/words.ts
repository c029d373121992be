import { OnlineMatchError } from '../../clients/web/src/index.ts';

/** What the page says better than the server, which knows nothing of links and rooms: what is, and what to do next. */
const SENTENCES: { readonly [code: string]: string } = {
  'match-not-found':
    'There is no such room. It has ended, or the link or code is wrong. Ask for a new one, or make a room.',
  'match-full': 'This room is full. Try again when somebody has left, or make a room.',
  'match-sealed':
    'The game in this room has begun, and nobody else can come in. Ask its host to open it, or make a room.',
  'host-left': 'The host has left this room, and nobody else can come in. Make a room of your own.',
  'host-away': 'The host of this room has lost their connection. Try again in half a minute.',
  'version-mismatch': 'This room is of another version of the game. Load this page again, or make a room.',
  star: 'The players of this room are linked in a way that this page does not know. Make a room of your own.',
  busy: 'Many come in at this moment. Try again.',
  'password-required': 'This room has a password. Ask its host for it.',
  'wrong-password': 'That is not the password. Try again.',
  'too-many-requests': 'You have tried too often. Wait a minute, and try again.',
  'not-ready': 'Not everybody is ready yet. Wait for them, or untick “Start when all are ready”.',
  'links-pending': 'Not everybody is linked yet. Wait for them.',
  'no-such-player': 'This player is not here any more.',
  'not-host': 'Only the host can do that. Ask them.',
  'stale-term': 'Somebody else is the host by now. Ask them.',
  'resumed-elsewhere': 'You play on in another tab. Go there, or join again from here.',
  'seat-gone': 'You were away for too long, and your place was given up. Join again.',
  'not-invited': 'This room is for the players whom the matchmaker put together. Find players of your own.',
  'too-many-rooms': 'You have made many rooms. Wait a minute, or join one.',
  unsupported: 'This Nakama does not have the module that makes rooms. Only “Find players” works here.',
  'timed-out': 'The server did not answer in time. Try again.',
  disconnected: 'The connection to the server was lost. Try again.',
  webrtc: 'This browser could not set up a connection to another player. Try another browser or network.',
};

/** Any failure, as a sentence for the player. */
export function wordsFor(error: unknown, server: string): string {
  if (error instanceof OnlineMatchError) {
    // In the host's words, where they said any.
    if (error.code === 'kicked') return sentAway('The host has sent you away.', error.message);
    if (error.code === 'banned') return sentAway('The host does not let you in again.', error.message);
    return SENTENCES[error.code] ?? asSentence(error.message);
  }
  const status = statusIn(error);
  if (status === null)
    return `There is no server at ${server}. Start it, or name another with ?host= and &port= in the address.`;
  if (isOfName(status)) return `The server does not take this name (${status}). Choose another one.`;
  if (status === 401) return `The server at ${server} has another key. Name it with ?key= in the address.`;
  return `The server at ${server} refused to sign you in (${status}). Try again later.`;
}

/** The field that a failure comes from, of those who typed something; null where it is none of theirs. */
export function fieldOf(error: unknown, isTyped: boolean): 'name' | 'link' | null {
  if (error instanceof OnlineMatchError) return isTyped && !NOT_OF_LINK.includes(error.code) ? 'link' : null;
  const status = statusIn(error);
  return status !== null && isOfName(status) ? 'name' : null;
}

const NOT_OF_LINK: readonly string[] = [
  'aborted',
  'left',
  'busy',
  'disconnected',
  'timed-out',
  'webrtc',
  'unsupported',
];

/** Of an HTTP answer of Nakama. */
function statusIn(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : null;
}

function isOfName(status: number): boolean {
  return status === 400 || status === 409;
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function sentAway(sentence: string, reason: string): string {
  return /^The host has|^the host|^you /i.test(reason)
    ? `${sentence} Join another room, or make one.`
    : `${sentence} They say: ${asSentence(reason)}`;
}
