import type { Audience } from './audience.ts';
import { type Fields, parseObject } from './fields.ts';
import { labelledProperties, type Property, propertiesInLabel } from './properties.ts';
import { keyOfText, textOfKey } from './text-key.ts';
import { versionKeyOf } from './version.ts';

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

/** Who may know of a room: whoever has its id, its code or an invitation; or whoever lists rooms, too. */
export const VISIBILITIES = ['private', 'public'] as const;

export type Visibility = (typeof VISIBILITIES)[number];

/** What Nakama knows of a room from outside, and lists of public ones. */
export interface Label {
  readonly phase: Phase;
  readonly players: number;
  /** Seats that can be had now: none in a sealed or closed room. */
  readonly openSeats: number;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly clientVersion: string | null;
  /** Username of the host. */
  readonly host: string | null;
  readonly visibility: Visibility;
  /** Whom lists show it to. */
  readonly listed: readonly Audience[];
  readonly hasPassword: boolean;
  readonly name: string;
  readonly properties: readonly Property[];
  /** The room's code, which is not to be read from it. */
  readonly codeKey: string;
  /** Of a room that was made later, the larger. */
  readonly serial: number;
}

/** While it is not known what a room plays. */
const NO_VERSION_KEY = 'none';

const PREFIX = '{"kind":"online_match",';

/** Whether a match label was written by this module. */
export function isRoomLabel(label: string): boolean {
  return label.startsWith(PREFIX);
}

/** Whether it may be the label of a room that is not to be found by listing matches; of a text that a client wrote. */
export function isPrivateLabel(text: string): boolean {
  return text.includes('"online_match":"private"');
}

/** Fields that end with `_key` hold words that queries find exactly. `online_match` is a name that no other game's labels have. */
export function encodeLabel(label: Label): string {
  return JSON.stringify({
    kind: 'online_match',
    phase: label.phase,
    players: label.players,
    open_seats: label.openSeats,
    min_players: label.minPlayers,
    max_players: label.maxPlayers,
    client_version: label.clientVersion,
    version_key: label.clientVersion === null ? NO_VERSION_KEY : versionKeyOf(label.clientVersion),
    host: label.host,
    online_match: label.visibility,
    has_password: label.hasPassword,
    name_key: keyOfText('n', label.name),
    properties: labelledProperties(label.properties),
    code_key: label.codeKey,
    listed: label.listed,
    players_key: playersKeyOf(label.players),
    // As a number it would take Nakama's index 16 words of its own for each room.
    serial: `s${label.serial}`,
  });
}

/** A word, which takes Nakama's index a fraction of what a number takes. */
export function playersKeyOf(players: number): string {
  return `p${players}`;
}

/** Null for what is no room's label. */
export function decodeLabel(text: string): Label | null {
  const fields = isRoomLabel(text) ? parseObject(text) : null;
  if (fields === null) return null;
  return {
    phase: fields.phase as Phase,
    players: fields.players as number,
    openSeats: fields.open_seats as number,
    minPlayers: fields.min_players as number,
    maxPlayers: fields.max_players as number,
    clientVersion: fields.client_version as string | null,
    host: fields.host as string | null,
    visibility: fields.online_match as Visibility,
    listed: fields.listed as Audience[],
    hasPassword: fields.has_password as boolean,
    name: textOfKey(fields.name_key as string),
    properties: propertiesInLabel(fields.properties as Fields),
    codeKey: fields.code_key as string,
    serial: Number((fields.serial as string).slice(1)),
  };
}

/** Rooms are listed by it, from the highest: the fuller one first, and of two as full the newer one. */
export function rankOf({ players, serial }: Pick<Label, 'players' | 'serial'>): number {
  return players * SERIALS + serial;
}

export function playersOfRank(rank: number): number {
  return Math.floor(rank / SERIALS);
}

/** More than there are serials. 64 players times it are a whole number that is exact. */
const SERIALS = 1e14;

/** When the match of a rank was made, as far as its serial tells. */
export function madeAtOfRank(rank: number): number {
  return Math.floor((rank % SERIALS) / 100) + FIRST_MS;
}

/** In whole milliseconds and a fraction of one, which tells apart what is made at the same time. */
export function serialAt(nowMs: number, fraction: number): number {
  const ms = (((nowMs - FIRST_MS) % ALL_MS) + ALL_MS) % ALL_MS;
  return ms * 100 + Math.floor(fraction * 100);
}

/** The year 2026, and 31 years, after which they begin anew. */
const FIRST_MS = 1_767_225_600_000;
const ALL_MS = SERIALS / 100;

/** Nakama takes no longer one, and ends a match that sets one (`MatchLabelMaxBytes` in server/match_registry.go). */
const MAX_LABEL_BYTES = 2048;
/** Of all else: a label with the longest username, escaped, and the longest version with its key. */
const MOST_OTHER_BYTES = 1260;

/** How many bytes too many a label may come to have that says this of its room, whoever is host and whatever they play; or 0. */
export function bytesTooMany({ name, properties }: Pick<Label, 'name' | 'properties'>): number {
  // No letter of it is longer than a byte.
  const text = JSON.stringify([keyOfText('n', name), labelledProperties(properties)]);
  return Math.max(0, text.length + MOST_OTHER_BYTES - MAX_LABEL_BYTES);
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
