import type { Envelope } from '../wire.ts';
import type { FakeNakama } from './server.ts';
import type { Session } from './session.ts';

/** Error codes of the socket (rtapi.Error). */
export const Code = {
  RUNTIME_EXCEPTION: 0,
  BAD_INPUT: 3,
  MATCH_NOT_FOUND: 4,
  JOIN_REJECTED: 5,
  FUNCTION_EXCEPTION: 7,
} as const;

/** One request of one socket. */
export interface Request {
  server: FakeNakama;
  session: Session;
  /** Answers with an error. */
  refuse(code: number, message: string): undefined;
}

export type Answer = Envelope | undefined;
export type Steps = Generator<(() => boolean) | undefined, Answer, undefined>;

/** Ends with the answer, or with nothing when refused. Where it yields, other goroutines may run. */
export type Handler<Body = never> = (request: Request, body: Body) => Answer | Steps;

export const isMatchId = (id: string): boolean => /^[0-9a-f-]{36}\./.test(id);

/** What ctx tells hooks and RPCs about a socket's user. */
export function ctxOf({ id, user: { userId, username, vars } }: Session): Record<string, unknown> {
  return { userId, username, vars, sessionId: id, lang: 'en', clientIp: '127.0.0.1', clientPort: '1' };
}
