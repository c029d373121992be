import { OnlineMatchError } from '../../clients/web/src/index.ts';

/** What the page says better than the server, which knows nothing of links and rooms. */
const SENTENCES: { readonly [code: string]: string } = {
  'match-not-found': 'There is no such room. It has ended, or the link is wrong.',
  'match-full': 'This room is full.',
  'match-sealed': 'The game in this room has begun, and nobody else can come in.',
  'host-left': 'The host has left this room, and nobody else can come in.',
  'resumed-elsewhere': 'You play on in another tab.',
  'seat-gone': 'You were away for too long, and your place was given up.',
  'not-invited': 'This room is for the players whom the matchmaker put together.',
  'too-many-rooms': 'You have made many rooms. Wait a minute.',
  unsupported: 'This Nakama does not have the module that makes rooms.',
  'timed-out': 'The server did not answer in time. Try again.',
  disconnected: 'The connection to the server was lost.',
  webrtc: 'This browser could not set up a connection to another player.',
};

/** Any failure, as a sentence for the player. */
export function wordsFor(error: unknown, server: string): string {
  if (error instanceof OnlineMatchError) return SENTENCES[error.code] ?? asSentence(error.message);
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number') return `The server at ${server} refused to sign you in (${status}).`;
  return `There is no server at ${server}.`;
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
