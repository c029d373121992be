import type { Candidate } from './door/candidate.ts';
import type { PasswordCheck } from './door/password.ts';
import type { Asker } from './host/asker.ts';
import type { Command } from './host/commands.ts';
import type { Message } from './messages/traffic.ts';
import type { Session } from './seats/seat.ts';

/** All that can happen to a room. What it gives is told in `apply`. */
export type RoomEvent =
  /** Somebody asks to come in, and waits for the answer. */
  | { readonly type: 'attempted'; readonly candidate: Candidate }
  /** Nakama reports joins. Their replies may still be on their way: nothing is sent to them for that alone. */
  | { readonly type: 'joined'; readonly sessionIds: readonly string[] }
  /** A session has the reply to its join. May come before `joined`, and again. */
  | { readonly type: 'answered'; readonly who: Session }
  /** A session has the reply, and Nakama did not put it into the match. */
  | { readonly type: 'lost'; readonly who: Session }
  /** These sessions left the match, or were never in it. */
  | { readonly type: 'left'; readonly sessionIds: readonly string[] }
  /** These lost their sockets, and may come back. */
  | { readonly type: 'disconnected'; readonly sessionIds: readonly string[] }
  /** A client's match data. */
  | { readonly type: 'messaged'; readonly message: Message }
  /** A host's or the backend's command; whoever gave it waits for the answer. */
  | { readonly type: 'commanded'; readonly by: Asker; readonly command: Command }
  /** Somebody names the password before they ask to come in. */
  | { readonly type: 'unlocked'; readonly userId: string; readonly password: PasswordCheck }
  /** Somebody is to have a seat, and will ask to come in. */
  | {
      readonly type: 'chosen';
      readonly userId: string;
      readonly version: string | null;
      readonly announced: boolean;
    }
  /** Time went on; `tracked` are those of the sessions to look for that Nakama tracks by now. */
  | { readonly type: 'ticked'; readonly tracked: readonly string[] }
  /** The server shuts down within its grace period. */
  | { readonly type: 'shutting-down' };
