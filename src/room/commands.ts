import { type Refusal, refuse } from '../protocol/refusal.ts';
import { hostOf } from './host.ts';
import type { Room } from './room.ts';
import { type Seal, seal } from './seal.ts';
import type { Outcome } from './step.ts';
import { type Transfer, transfer } from './transfer.ts';

/** What a host, or the game's backend, can have a room do. */
export type Command = (Seal | Transfer) & {
  /** Of the host, as whoever gives the command knows it; null where they do not care. */
  readonly term: number | null;
};

type Name = Command['name'];

/** Adding one is an entry here, its reader in the protocol, and a test. */
const COMMANDS: {
  readonly [name in Name]: (room: Room, command: Extract<Command, { name: name }>) => Outcome;
} = {
  seal,
  transfer,
};

/** What only the host can do, in words. */
const DEEDS: { readonly [name in Name]: string } = {
  seal: 'seal it',
  transfer: 'hand it over',
};

/** Whose wish it is: a user's, from whatever socket or over HTTP; null for the game's own backend, which may always. */
export type Asker = { readonly userId: string } | null;

/** The room after a command, or the very room and why not. */
export function command(
  room: Room,
  by: Asker,
  asked: Command,
): { readonly room: Room; readonly refusal: Refusal | null } {
  if (isStale(room, asked)) return { room, refusal: STALE_TERM };
  if (!mayCommand(room, by)) return { room, refusal: refuseAsker(asked.name) };
  const { room: after, refusal } = carryOut(room, asked);
  return { room: after ?? room, refusal };
}

const STALE_TERM = refuse('stale-term', 'another player became host meanwhile');

function isStale({ host }: Room, { term }: Command): boolean {
  return term !== null && term !== host?.term;
}

function carryOut<N extends Name>(room: Room, asked: Extract<Command, { name: N }>): Outcome {
  const act: (room: Room, command: Extract<Command, { name: N }>) => Outcome = COMMANDS[asked.name as N];
  return act(room, asked);
}

export function refuseAsker(name: Name): Refusal {
  return refuse('not-host', `only the host of this match can ${DEEDS[name]}`);
}

function mayCommand(room: Room, by: Asker): boolean {
  return by === null || hostOf(room)?.userId === by.userId;
}
