import type { Refusal } from '../protocol/refusal.ts';
import type { Identity } from './founding.ts';
import { awaitsHost, hasLostHost, hostOf } from './host.ts';
import { dialectFor, isLikeRelayed } from './language.ts';
import { removeSeats } from './leaving.ts';
import { firstInLine, isWaitingForHost, newcomersAmong } from './peer-ids.ts';
import { release } from './pending.ts';
import { HOST_LEFT, sendAway } from './refusing.ts';
import { FIRST_HOST_ID, type Room } from './room.ts';
import { isConfirmed, isIntroduced, moved, type Seat } from './seat.ts';
import { playersOf, updateSeats, without } from './seats.ts';
import { type Change, type Out, quiet, then } from './step.ts';
import { refuseVersion, versionOf } from './version.ts';

/**
 * Lets in the members who wait and can be let in now, with their peer ids, and tells everybody. It follows
 * whatever happens to a room, and does nothing when there is nothing to do.
 */
export function introduce(room: Room, tick: number): Change {
  const waiting = room.seats.filter((seat) => isForJudgement(room, seat));
  if (waiting.length === 0) return quiet(room);
  return then(turnAway(withVersion(room, waiting), waiting, tick), (left) =>
    welcome(left, newcomersAmong(left, stillIn(left, waiting)), tick),
  );
}

/** Joiners of dialect R ask first, except where an adopted room's host knows of them from Nakama. */
function isForJudgement({ founding, language }: Room, seat: Seat): boolean {
  const mustAsk = language === 'R' && founding.kind !== 'adopted';
  return isConfirmed(seat) && !isIntroduced(seat) && (!mustAsk || seat.askedAt !== null);
}

function stillIn({ seats }: Room, waiting: readonly Seat[]): Seat[] {
  return waiting.filter(({ id }) => seats.some((seat) => seat.id === id));
}

/** The version is fixed when the first ones come in, before which only the creator can name one. */
function withVersion(room: Room, waiting: readonly Seat[]): Room {
  const { founding, version, rules } = room;
  const isOurs = founding.kind === 'created' || founding.kind === 'elected';
  if (!isOurs || version !== null || !awaitsHost(room)) return room;
  const canBegin = firstInLine(room, waiting).length > 0;
  return canBegin ? { ...room, version: versionOf(room) ?? rules.defaultVersion } : room;
}

/** Sends away who cannot play. */
function turnAway(room: Room, waiting: readonly Seat[], tick: number): Change {
  const refused = waiting.flatMap((who) => {
    const refusal = refusalOf(room, who);
    return refusal === null ? [] : [{ who, refusal }];
  });
  if (refused.length === 0) return quiet(room);
  return {
    room: removeSeats(
      room,
      refused.map(({ who }) => who),
      tick,
    ),
    out: refused.flatMap(({ who, refusal }) => sendAway(room, [who], refusal)),
  };
}

function refusalOf(room: Room, seat: Seat): Refusal | null {
  if (hasLostHost(room) || (isWaitingForHost(seat) && isLikeRelayed(room) && hostOf(room) === null))
    return HOST_LEFT;
  if (seat.verdict?.kind === 'refused') return seat.verdict.refusal;
  return room.founding.kind === 'adopted' ? null : misfitOf(room, seat);
}

/** Somebody who came before the creator did, and whose version is another. */
function misfitOf(room: Room, { version }: Seat): Refusal | null {
  return version === null || room.version === null ? null : refuseVersion(room, version);
}

function welcome(room: Room, newcomers: readonly Seat[], tick: number): Change {
  if (newcomers.length === 0) return quiet(room.entered ? room : { ...room, entered: true });
  const peerIds = newcomers.map(({ peerId }) => peerId);
  const isHostNew = awaitsHost(room) && peerIds.includes(FIRST_HOST_ID);
  const introduced = updateSeats(room, ({ id }) => {
    const newcomer = newcomers.find((one) => one.id === id);
    return newcomer === undefined ? null : moved(newcomer, 'introduced', tick);
  });
  const told = tellOf(
    {
      ...introduced,
      host: isHostNew ? { peerId: FIRST_HOST_ID, term: 1 } : room.host,
      entered: true,
      introducedAt: tick,
      lastPeerId: Math.max(room.lastPeerId, ...peerIds),
    },
    newcomers,
  );
  return then(told, release);
}

/** In a match that is like a relayed one, Nakama itself tells who is here. */
function tellOf(room: Room, newcomers: readonly Seat[]): Change {
  if (isLikeRelayed(room)) return quiet(room);
  return {
    room,
    out: room.founding.kind === 'matched' ? tellPresences(room, newcomers) : tellPlayers(room, newcomers),
  };
}

/**
 * Who is here, to each newcomer, then to the others, so that everybody knows a newcomer before their first
 * message. An adopted room's host has said it.
 */
function tellPlayers(room: Room, newcomers: readonly Seat[]): Out[] {
  const clientVersion = versionOf(room) ?? room.rules.defaultVersion;
  const players = playersOf(room);
  const host = room.founding.kind === 'adopted' ? hostOf(room) : null;
  const arrived = players.filter((player) => without([player], newcomers).length === 0);
  const others = without(players, host === null ? newcomers : [...newcomers, host]);
  return [...arrived, ...others].map((to) => ({
    type: 'join-success',
    to,
    dialect: dialectFor(room, to),
    players: [to, ...without(players, [to])],
    clientVersion,
  }));
}

/**
 * Presences, for matched clients, which go by these. Nakama lists presences before it tracks a joiner, so that two
 * who join at once can miss each other: tell both again.
 */
function tellPresences(room: Room, newcomers: readonly Seat[]): Out[] {
  const players = playersOf(room);
  const absent = room.founding.kind === 'matched' ? room.founding.absent : [];
  return players.flatMap((to) => {
    const isNew = newcomers.some(({ id }) => id === to.id);
    const joins = without(isNew ? players : newcomers, [to]);
    const joined: Out[] = joins.length === 0 ? [] : [{ type: 'presences', to, joins, leaves: [] }];
    return isNew ? [...joined, ...dismiss([to], absent)] : joined;
  });
}

/**
 * Tells members that matched players will not play. Clients know them from the matchmaker and wait for them;
 * of somebody who never joined, they understand a leave only with a join before it.
 */
export function dismiss(members: readonly Seat[], absent: readonly Identity[]): Out[] {
  if (absent.length === 0) return [];
  return members.map((to) => ({ type: 'presences', to, joins: absent, leaves: absent }));
}
