import type { Refusal } from '../../protocol/refusal.ts';
import { learnedOf } from '../door/dialect.ts';
import { HOST_LEFT, sendAway } from '../door/refusing.ts';
import { refuseUnannounced } from '../door/unannounced.ts';
import type { Identity } from '../founding.ts';
import { awaitsHost, hasLostHost, hostOf } from '../host/host.ts';
import { dialectFor, isLikeRelayed } from '../language.ts';
import { FIRST_HOST, FIRST_HOST_ID, type Room } from '../room.ts';
import { type Change, type Out, quiet, then } from '../step.ts';
import { refuseVersion, versionOf } from '../version.ts';
import { removeSeats } from './leaving.ts';
import { firstInLine, isWaitingForHost, newcomersAmong } from './peer-ids.ts';
import { isConfirmed, isIntroduced, type Keeping, moved, type Seat } from './seat.ts';
import { playersHere, updateSeats, without } from './seats.ts';

/**
 * Lets in the members who wait and can be let in now, with their peer ids, and tells everybody. It follows
 * whatever happens to a room, and does nothing when there is nothing to do.
 */
export function introduce(room: Room, tick: number): Change {
  return then(letIn(room, tick), (after) => learnDialect(after, tick));
}

function letIn(room: Room, tick: number): Change {
  const waiting = room.seats.filter((seat) => isForJudgement(room, seat));
  if (waiting.length === 0) return quiet(room);
  return then(turnAway(withVersion(room, waiting), waiting, tick), (left) => {
    const [back, others] = [stillIn(left, waiting).filter(isBack), stillIn(left, waiting).filter(isNew)];
    return then(welcomeBack(left, back, tick), (before) =>
      welcome(before, newcomersAmong(before, others), tick),
    );
  });
}

/** Whoever comes back has their peer id. */
function isBack({ away }: Seat): boolean {
  return away !== null;
}

function isNew({ away }: Seat): boolean {
  return away === null;
}

/** Joiners of dialect R ask first, except where an adopted room's host knows of them from Nakama. */
function isForJudgement({ founding, language }: Room, seat: Seat): boolean {
  const mustAsk = language === 'R' && founding.kind !== 'adopted';
  const hasAsked = seat.askedAt !== null || isBack(seat);
  return isConfirmed(seat) && !isIntroduced(seat) && (!mustAsk || hasAsked);
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
  if (isBack(seat)) return null;
  if (hasLostHost(room) || (isWaitingForHost(seat) && isLikeRelayed(room) && hostOf(room) === null))
    return HOST_LEFT;
  if (seat.verdict?.kind === 'refused') return seat.verdict.refusal;
  return room.founding.kind === 'adopted' ? null : (misfitOf(room, seat) ?? refuseUnannounced(room, seat));
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
  return tellOf(
    {
      ...introduced,
      host: isHostNew ? FIRST_HOST : room.host,
      entered: true,
      introducedAt: tick,
      lastPeerId: Math.max(room.lastPeerId, ...peerIds),
    },
    newcomers,
  );
}

/** They are told who is here as at first; of the others only those who take them for somebody new. */
function welcomeBack(room: Room, back: readonly Seat[], tick: number): Change {
  if (back.length === 0) return quiet(room);
  const returned = updateSeats(room, (seat) => {
    const introduced = back.some(({ id }) => id === seat.id) ? moved(seat, 'introduced', tick) : null;
    return introduced && { ...introduced, away: null, keeping: backAgain(seat.keeping) };
  });
  const left: Room = { ...returned, introducedAt: tick };
  if (room.founding.kind === 'matched') return quiet(left);
  const ids = back.map(({ id }) => id);
  const isTold = (seat: Seat) => ids.includes(seat.id) || !seat.announced;
  return { room: left, out: tellPlayers(left, playersHere(left).filter(isTold)) };
}

function backAgain(keeping: Keeping): Keeping {
  return { ...keeping, leaving: false, backgroundSince: null };
}

/** In a match that is like a relayed one, Nakama itself tells who is here. */
function tellOf(room: Room, newcomers: readonly Seat[]): Change {
  if (isLikeRelayed(room)) return quiet(room);
  return {
    room,
    out:
      room.founding.kind === 'matched'
        ? tellPresences(room, newcomers)
        : tellPlayers(room, toTellOf(room, newcomers)),
  };
}

/**
 * Who is here, to each newcomer, then to the others, so that everybody knows a newcomer before their first
 * message. An adopted room's host has said it.
 */
function toTellOf(room: Room, newcomers: readonly Seat[]): Seat[] {
  const players = playersHere(room);
  const host = room.founding.kind === 'adopted' ? hostOf(room) : null;
  const arrived = players.filter((player) => without([player], newcomers).length === 0);
  return [...arrived, ...without(players, host === null ? newcomers : [...newcomers, host])];
}

/** Clients of R did not understand a word until now. */
function learnDialect(room: Room, tick: number): Change {
  const learned = learnedOf(room);
  if (learned === room) return quiet(room);
  return { room: { ...learned, introducedAt: tick }, out: tellPlayers(learned, playersHere(learned)) };
}

function tellPlayers(room: Room, whom: readonly Seat[]): Out[] {
  const clientVersion = versionOf(room) ?? room.rules.defaultVersion;
  const players = playersHere(room);
  return whom.map((to) => ({
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
  const players = playersHere(room);
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
