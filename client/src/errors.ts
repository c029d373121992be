import type { RefusalCode } from '../../src/protocol/refusal.ts';

/** Reasons of this library's own. */
export type LocalCode =
  /** The caller's `AbortSignal`. */
  | 'aborted'
  /** The call's `timeoutMs`, or nakama-js's own time for an answer. */
  | 'timed-out'
  /** `leave()` came in between. */
  | 'left'
  /** The socket is closed. */
  | 'disconnected'
  /** Leave the match, or wait for its call, before another. */
  | 'already-in-a-match'
  | 'not-in-a-match'
  /** `startPlaying()` before `matchReady`. */
  | 'not-ready'
  /** There is no open link to that player. */
  | 'not-connected'
  /** WebRTC itself refused, for example the ICE servers. */
  | 'webrtc'
  /** Nakama's or the server's own words, without a code. */
  | 'unknown';

/** The server's refusals (its docs/protocol.md lists them; newer servers may have more), and this library's. */
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

/** Whatever was thrown, as an error of this library; the server's `code: sentence` gives its code. */
export function errorFrom(cause: unknown): OnlineMatchError {
  if (cause instanceof OnlineMatchError) return cause;
  const text = textOf(cause);
  const [, code, sentence] = /^([a-z]+(?:-[a-z]+)*): (.*)$/s.exec(text) ?? [];
  if (code !== undefined && sentence !== undefined) return new OnlineMatchError(code, sentence, cause);
  return new OnlineMatchError(NAKAMA_CODES[text] ?? 'unknown', text, cause);
}

/** What Nakama and nakama-js say without a code. */
const NAKAMA_CODES: { readonly [text: string]: ErrorCode } = {
  'Match not found': 'match-not-found',
  'The socket timed out while waiting for a response.': 'timed-out',
  'Socket connection has not been established yet.': 'disconnected',
};

/** nakama-js rejects with texts, with `{code, message}` and with events. */
function textOf(cause: unknown): string {
  if (typeof cause === 'string') return cause;
  const message = (cause as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : 'The request failed.';
}
