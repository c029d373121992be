import type { Capability } from '../../protocol/capability.ts';
import type { Resumption } from '../../protocol/join-metadata.ts';
import type { Session } from '../seats/seat.ts';
import type { PasswordCheck } from './password.ts';

/** Who asks to come in. */
export interface Candidate extends Session {
  /** The client version as each place names it that can: join metadata, session variables; null where it does not. */
  readonly versions: readonly (string | null)[];
  /** Whether it knows this server, and not only the addon's protocol. */
  readonly announced: boolean;
  /** What it says that it can. */
  readonly can: readonly Capability[];
  /** The seat that it comes back to; null where it asks for a new one. */
  readonly resumption: Resumption | null;
  /** What came of the password that it names, where the room has one. */
  readonly password: PasswordCheck;
}
