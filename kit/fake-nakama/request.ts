import type { Envelope } from '../players/wire.ts';
import type { Random } from '../random.ts';
import type { Match } from './match.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Runtime } from './runtime.ts';
import type { Session } from './session.ts';
import type { Tracker } from './tracker.ts';

/** The node that serves requests. */
export interface ServingNode {
  readonly node: string;
  readonly random: Random;
  readonly tracker: Tracker;
  readonly matchmaker: Matchmaker;
  readonly runtime: Runtime;
  readonly parties: Map<string, Session[]>;
  matchOf(matchId: string): Match | undefined;
  /** Whether what now and then goes wrong does so now. */
  happens(what: 'untracked' | 'skippedAfter'): boolean;
  log(line: string): void;
}

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
  server: ServingNode;
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
