import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { type Invite, invite } from '../door/invite.ts';
import type { Room } from '../room.ts';
import { isPlayer } from '../seats/seat.ts';
import { type Attempted, type Outcome, quiet } from '../step.ts';
import type { Asker } from './asker.ts';
import { hostOf } from './host.ts';
import { type Kick, kick } from './kick.ts';
import { type Seal, seal } from './seal.ts';
import { type Transfer, transfer } from './transfer.ts';
import { type Update, update } from './update.ts';

/** What a host, a member, or the game's backend can have a room do. */
export type Command = (Seal | Transfer | Update | Kick | Invite) & {
  /** Of the host, as whoever gives the command knows it; null where they do not care. */
  readonly term: number | null;
};

type Name = Command['name'];

interface Deed<C> {
  readonly act: (room: Room, command: C, by: Asker, tick: number) => Outcome;
  readonly mayBeDoneBy: 'host' | 'member';
  /** What is done, in words. */
  readonly deed: string;
}

/** Adding one is an entry here, its reader in the protocol, and a test. */
const COMMANDS: { readonly [name in Name]: Deed<Extract<Command, { name: name }>> } = {
  seal: { act: seal, mayBeDoneBy: 'host', deed: 'seal it' },
  transfer: { act: transfer, mayBeDoneBy: 'host', deed: 'hand it over' },
  update: { act: update, mayBeDoneBy: 'host', deed: 'change it' },
  kick: { act: kick, mayBeDoneBy: 'host', deed: 'send players away' },
  invite: { act: invite, mayBeDoneBy: 'member', deed: 'invite others' },
};

/** The room after a command, or the very room and why not. */
export function command(room: Room, by: Asker, asked: Command, tick: number): Attempted {
  const refusal = isStale(room, asked)
    ? STALE_TERM
    : mayCommand(room, by, asked)
      ? null
      : refuseAsker(asked.name);
  if (refusal !== null) return { ...quiet(room), refusal };
  const outcome = carryOut(room, asked, by, tick);
  if (outcome.refusal !== null) return { ...quiet(room), refusal: outcome.refusal };
  return { room: outcome.room, out: outcome.out ?? [], refusal: null };
}

const STALE_TERM = refuse('stale-term', 'another player became host meanwhile');

function isStale({ host }: Room, { term }: Command): boolean {
  return term !== null && term !== host?.term;
}

function carryOut<N extends Name>(
  room: Room,
  asked: Extract<Command, { name: N }>,
  by: Asker,
  tick: number,
): Outcome {
  const { act }: Deed<Extract<Command, { name: N }>> = COMMANDS[asked.name as N];
  return act(room, asked, by, tick);
}

export function refuseAsker(name: Name): Refusal {
  const { mayBeDoneBy, deed } = COMMANDS[name];
  return mayBeDoneBy === 'host'
    ? refuse('not-host', `only the host of this match can ${deed}`)
    : refuse('not-a-member', `only players of this match can ${deed}`);
}

/** By user, whatever socket they ask over: a host who has lost theirs may go on. */
function mayCommand(room: Room, by: Asker, { name }: Command): boolean {
  if (by === null) return true;
  if (COMMANDS[name].mayBeDoneBy === 'host') return hostOf(room)?.userId === by.userId;
  return room.seats.some((seat) => seat.userId === by.userId && isPlayer(seat));
}
