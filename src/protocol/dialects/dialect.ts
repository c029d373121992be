import type { JoinError } from '../join-error.ts';
import type { JoinRequest } from '../join-request.ts';
import type { JoinSuccess } from '../join-success.ts';
import type { LinkReported } from '../link-report.ts';
import type { PeerMethod } from '../peer-method.ts';
import type { StatusReported } from '../status.ts';

/** The public variants of the addon, by what they put on the wire. */
export const DIALECTS = [
  /** JSON. */
  'A',
  /** JSON, with a join request and other numbers. */
  'R',
  /** Binary. */
  'C',
] as const;

export type Dialect = (typeof DIALECTS)[number];

/** What was said, and in which dialect: null where it could be A as well as R. */
export interface Utterance {
  readonly content: Content;
  readonly dialect: Dialect | null;
}

export type Content =
  | PeerMethod
  | JoinSuccess
  | JoinError
  | JoinRequest
  | LinkReported
  | StatusReported
  | Foreign;

/** Another kind of game's message under a number of the addon, such as that of Nakama's own multiplayer bridge. */
export interface Foreign {
  readonly type: 'foreign';
}
