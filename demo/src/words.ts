import { OnlineMatchError } from '../../clients/web/src/index.ts';

/** What the page says better than the server, which knows nothing of links and rooms. */
const SENTENCES: { readonly [code: string]: string } = {
  'match-not-found': 'There is no such room. It has ended, or the link or code is wrong.',
  'match-full': 'This room is full.',
  'match-sealed': 'The game in this room has begun, and nobody else can come in.',
  'host-left': 'The host has left this room, and nobody else can come in.',
  'password-required': 'This room has a password.',
  'wrong-password': 'That is not the password. Try again.',
  'too-many-requests': 'You have tried too often. Wait a minute.',
  'not-ready': 'Not everybody is ready yet.',
  'no-such-player': 'This player is not here any more.',
  'not-host': 'Only the host can do that.',
  'stale-term': 'Somebody else is the host by now.',
  'resumed-elsewhere': 'You play on in another tab.',
  'seat-gone': 'You were away for too long, and your place was given up.',
  'not-invited': 'This room is for the players whom the matchmaker put together.',
  'too-many-rooms': 'You have made many rooms. Wait a minute.',
  unsupported: 'This Nakama does not have the module that makes rooms.',
  'timed-out': 'The server did not answer in time. Try again.',
  disconnected: 'The connection to the server was lost.',
  'no-relay': 'The data of one of you must go through a TURN server, and there is none.',
  webrtc: 'This browser could not set up a connection to another player.',
};

/** Any failure, as a sentence for the player. */
export function wordsFor(error: unknown, server: string): string {
  if (error instanceof OnlineMatchError) {
    // In the host's words, where they said any.
    if (error.code === 'kicked') return sentAway('The host has sent you away.', error.message);
    if (error.code === 'banned') return sentAway('The host does not let you in again.', error.message);
    return SENTENCES[error.code] ?? asSentence(error.message);
  }
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number') return `The server at ${server} refused to sign you in (${status}).`;
  return `There is no server at ${server}.`;
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function sentAway(sentence: string, reason: string): string {
  return /^The host has|^the host|^you /i.test(reason)
    ? sentence
    : `${sentence} They say: ${asSentence(reason)}`;
}
