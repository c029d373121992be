import type { RefusalCode } from '../../../src/protocol/refusal.ts';

/** The codes that this library adds to the server's. */
export type LocalCode =
  /** The caller's `AbortSignal`. */
  | 'aborted'
  /** The call's `timeoutMs`, or nakama-js's own time for an answer. */
  | 'timed-out'
  /** `leave()` came in between. */
  | 'left'
  /** The socket is closed. */
  | 'disconnected'
  /** Another match can be entered when this one was left, or its call has ended. */
  | 'already-in-a-match'
  | 'not-in-a-match'
  /** `startPlaying()` before `matchReady`. */
  | 'not-ready'
  /** There is no open link to that player. */
  | 'not-connected'
  /** This Nakama runs without the module. */
  | 'unsupported'
  /** A match of another kind refused the player, in its own words. */
  | 'join-rejected'
  /** More waits for that player already than is kept: `onDrained` tells when there is room again. */
  | 'buffer-full'
  /** Data must go through a TURN server, for this player or the other, and there is none. */
  | 'no-relay'
  /** WebRTC itself refused something, for example the ICE servers, or data that is too large. */
  | 'webrtc'
  /** Nakama's or the server's own words, without a code. */
  | 'unknown';

/** The server's codes, which its docs/protocol.md lists (newer servers may have more), and this library's. */
export type ErrorCode = RefusalCode | LocalCode | (string & {});

/** The one class of errors: `code` for programs, `message` is a sentence for people, `cause` what lay below. */
export class OnlineMatchError extends Error {
  override readonly name = 'OnlineMatchError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** To a player who takes TURN servers only, or who is to be linked to such a one. */
export function noRelay(whose: 'own' | 'other'): OnlineMatchError {
  const sentence =
    whose === 'own'
      ? 'Data must go through a TURN server, and there is none: the server’s setting ONLINE_MATCH_TURN_URLS or the option `iceServers` names one.'
      : 'The other player’s data must go through a TURN server, and there is none.';
  return new OnlineMatchError('no-relay', sentence);
}

/** For what only players of a match can do. */
export function notInAMatch(): OnlineMatchError {
  return new OnlineMatchError('not-in-a-match', 'There is no match yet: make one or join one first.');
}

/** Whatever was thrown, as an error of this library. The server's messages have the form `code: sentence`. */
export function errorFrom(cause: unknown): OnlineMatchError {
  if (cause instanceof OnlineMatchError) return cause;
  const text = textOf(cause);
  const [, code, sentence] = /^([a-z]+(?:-[a-z]+)*): (.*)$/s.exec(text) ?? [];
  if (code !== undefined && sentence !== undefined) return new OnlineMatchError(code, sentence, cause);
  const [known, ours] = MEANING_OF_TEXT[text] ?? [CODE_OF_NUMBER[numberOf(cause)] ?? 'unknown', text];
  return new OnlineMatchError(known, ours, cause);
}

/** Codes after which another try may succeed; all others are the server's last word. */
const PASSING: readonly string[] = ['busy', 'timed-out', 'disconnected', 'unknown', 'aborted', 'left'];

/** Whether another try may succeed where this one failed. */
export function isPassing(error: unknown): boolean {
  return PASSING.includes(errorFrom(error).code);
}

const NO_SUCH_MATCH = ['match-not-found', 'There is no such match, or it has ended.'] as const;

/** Messages of Nakama and nakama-js, which have no code and are not for players: our code and sentence. */
const MEANING_OF_TEXT: { readonly [text: string]: readonly [ErrorCode, string] } = {
  'Match not found': NO_SUCH_MATCH,
  // The id is malformed, or empty.
  'Invalid match ID': NO_SUCH_MATCH,
  'No match ID or token found': NO_SUCH_MATCH,
  'Invalid match token': [
    'match-not-found',
    'The match that the matchmaker made has ended, or you came too late.',
  ],
  'Match is not currently accepting join requests': ['busy', 'Too many join at this moment. Try again.'],
  'Error adding to matchmaker': ['bad-request', 'The matchmaker does not understand this request.'],
  'RPC function not found': [
    'unsupported',
    'This server has no online matches: its Nakama runs without the module.',
  ],
  'The socket timed out while waiting for a response.': ['timed-out', 'The server did not answer in time.'],
  'Socket connection has not been established yet.': [
    'disconnected',
    'There is no connection to the server.',
  ],
};

/** Nakama's own numbers of errors on a socket, `Error.Code` of its rtapi. */
const CODE_OF_NUMBER: { readonly [number: number]: ErrorCode } = {
  3: 'bad-request',
  4: 'match-not-found',
  5: 'join-rejected',
  6: 'unsupported',
};

function numberOf(cause: unknown): number {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? code : -1;
}

/** nakama-js rejects with texts, with `{code, message}` and with events. */
function textOf(cause: unknown): string {
  if (typeof cause === 'string') return cause;
  const message = (cause as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : 'The request failed.';
}
