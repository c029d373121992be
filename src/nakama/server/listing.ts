import { audienceOf } from '../../protocol/audience.ts';
import {
  decodeLabel,
  type Label,
  madeAtOfRank,
  playersKeyOf,
  playersOfRank,
  rankOf,
} from '../../protocol/label.ts';
import { type PropertyValue, writeNumber } from '../../protocol/properties.ts';
import type { ListedMatch, Wanted, WantedProperty } from '../../protocol/rpcs/list-online-matches.ts';
import { keyOfText } from '../../protocol/text-key.ts';
import { versionKeyOf } from '../../protocol/version.ts';
import { meets } from '../../room/door/wanted.ts';
import { labelOfMatch } from './match-label.ts';

export interface Page {
  readonly matches: readonly ListedMatch[];
  /** The rank that ends it; null when there are no more. */
  readonly next: number | null;
}

/**
 * Rooms that were made at the same moment may be in another order in Nakama's index than in ours: so many more are
 * asked for, that none of them is left out between two pages.
 */
const SLACK = 8;

/**
 * The wanted rooms below a rank, from Nakama's index, which is up to a second behind; each is shown as it is now, or
 * not at all where it is wanted no more.
 */
export function findRooms(nk: nkruntime.Nakama, wanted: Wanted, asked: Asked): Page {
  const { limit } = asked;
  const found = indexed(nk, wanted, asked).sort((a, b) => b.rank - a.rank);
  const page = found.slice(0, limit);
  const matches = page
    .map(({ matchId }) => ({ matchId, room: decodeLabel(labelOfMatch(nk, matchId) ?? '') }))
    .filter((one): one is { matchId: string; room: Label } => one.room !== null && meets(one.room, wanted))
    .sort((a, b) => rankOf(b.room) - rankOf(a.room));
  return { matches, next: found.length > limit ? (page[page.length - 1]?.rank ?? null) : null };
}

/**
 * More than the limit, where there are more. The fullest rooms first, by as many questions as needed: among 2,000 rooms
 * one for all, with a boost for each number of players, takes five to twenty times as long.
 */
function indexed(nk: nkruntime.Nakama, wanted: Wanted, { limit, below, mostPlayers }: Asked): Indexed[] {
  const base = queryOf(wanted);
  const first = below === null ? mostPlayers : Math.min(mostPlayers, playersOfRank(below));
  const found: Indexed[] = [];
  for (let players = first; players >= 0 && found.length <= limit; players--) {
    const query = `${base} +label.players_key:${playersKeyOf(players)}`;
    const isBegun = below !== null && players === playersOfRank(below);
    const missing = limit + SLACK - found.length;
    found.push(...(isBegun ? restBelow(nk, query, below, missing) : ask(nk, query, missing)));
  }
  return found;
}

interface Asked {
  readonly limit: number;
  readonly below: number | null;
  readonly mostPlayers: number;
}

interface Indexed {
  readonly matchId: string;
  readonly rank: number;
}

/** Nakama makes the match some time after its room has its serial. */
const MADE_LATER_MS = 10_000;

/** Of rooms with as many players, those that come after a rank; Nakama knows when it made each match. */
function restBelow(nk: nkruntime.Nakama, query: string, below: number, many: number): Indexed[] {
  const until = `${query} +create_time:<=${madeAtOfRank(below) + MADE_LATER_MS}`;
  for (let asked = many; ; asked *= 2) {
    const found = ask(nk, until, asked);
    const rest = found.filter(({ rank }) => rank < below);
    if (found.length < asked || rest.length >= many) return rest;
  }
}

/** The newest first. */
function ask(nk: nkruntime.Nakama, query: string, many: number): Indexed[] {
  return nk
    .matchList(many, true, null, null, null, query)
    .map(({ matchId, label }) => ({ matchId, rank: rankIn(label ?? '') }));
}

function rankIn(label: string): number {
  const room = decodeLabel(label);
  return room === null ? 0 : rankOf(room);
}

/** In words that mean in a query what they mean in a label, whatever a client wrote. */
export function queryOf({
  dialect,
  announced,
  clientVersion,
  name,
  hasPassword,
  openSeats,
  properties,
}: Wanted): string {
  const clauses = [
    `listed:${audienceOf({ dialect, announced })}`,
    ...(openSeats === 1 ? [] : [`open_seats:>=${openSeats}`]),
    ...(clientVersion === null ? [] : [`version_key:${versionKeyOf(clientVersion)}`]),
    ...(name === null ? [] : [`name_key:${keyOfText('n', name)}`]),
    ...(hasPassword === null ? [] : [`has_password:${wordOf(hasPassword)}`]),
    ...properties.flatMap(clausesOf),
  ];
  return clauses.map((clause) => `+label.${clause}`).join(' ');
}

function clausesOf({ key, equals, min, max }: WantedProperty): string[] {
  const field = `properties.${key}`;
  if (equals !== null) return [`${field}:${wordOf(equals)}`];
  return [
    ...(min === null ? [] : [`${field}:>=${writeNumber(min)}`]),
    ...(max === null ? [] : [`${field}:<=${writeNumber(max)}`]),
  ];
}

/** As Nakama's index has it (`blugeProcessProperty` in server/match_common.go). */
function wordOf(value: PropertyValue): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  return typeof value === 'number' ? writeNumber(value) : keyOfText('t', value);
}
