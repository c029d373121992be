import { parseObject } from './fields.ts';

/** How far a room is. */
export const PHASES = [
  /** Nobody has come. */
  'waiting',
  /** Fewer than min_players are in. */
  'gathering',
  /** Enough to play. */
  'ready',
  /** The game has begun, or the server is shutting down: nobody new comes in. */
  'sealed',
  /** The host has left. */
  'closed',
] as const;

export type Phase = (typeof PHASES)[number];

/** What a listing shows of a room. */
export interface Label {
  readonly phase: Phase;
  readonly players: number;
  /** Seats that can be had now: none in a sealed or closed room. */
  readonly openSeats: number;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly clientVersion: string | null;
  /** `clientVersion` in a form that needs no escaping in a Nakama query. */
  readonly versionKey: string;
  /** Username of the host. */
  readonly host: string | null;
}

const PREFIX = '{"kind":"online_match",';

/** Whether a match label was written by this module. */
export function isRoomLabel(label: string): boolean {
  return label.startsWith(PREFIX);
}

export function encodeLabel(label: Label): string {
  return JSON.stringify({
    kind: 'online_match',
    phase: label.phase,
    players: label.players,
    open_seats: label.openSeats,
    min_players: label.minPlayers,
    max_players: label.maxPlayers,
    client_version: label.clientVersion,
    version_key: label.versionKey,
    host: label.host,
  });
}

/** The phase that a label tells, or null when it is not a room's. */
export function phaseIn(label: string): Phase | null {
  return isRoomLabel(label) ? ((parseObject(label)?.phase as Phase | undefined) ?? null) : null;
}

/** Whether nobody is in a room, and nobody can be any more. */
export function isDesertedIn(label: string): boolean {
  const { phase, players } = parseObject(label) ?? {};
  return phase === 'closed' && players === 0;
}
