import type { Dialect } from '../../protocol/dialects/dialect.ts';
import type { JoinError } from '../../protocol/join-error.ts';
import { JoinErrorCode } from '../../protocol/join-error.ts';
import type { JoinSuccess, ListedPlayer } from '../../protocol/join-success.ts';
import { isPeerId } from '../../protocol/player.ts';
import { type Refusal, type RefusalCode, refuse } from '../../protocol/refusal.ts';
import { sendAway } from '../door/refusing.ts';
import { isAdoptedHost } from '../host/host.ts';
import { speaking } from '../language.ts';
import { FIRST_HOST_ID, type Room } from '../room.ts';
import { leave } from '../seats/leaving.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';
import { seatOf, updateSeat, updateSeats } from '../seats/seats.ts';
import { quiet, type RoomState } from '../step.ts';
import { refuseVersion } from '../version.ts';
import { charge } from './budget.ts';
import { drop, type Received, taken } from './received.ts';

/** What an adopted room's host says of joiners is believed, as far as it does not contradict itself. */
export function believe(
  state: RoomState,
  from: Seat,
  dialect: Dialect | null,
  word: JoinSuccess | JoinError,
  tick: number,
): Received {
  if (!isAdoptedHost(state.room, from)) return drop(state, 'unknown-opcode');
  const charged = charge(state, from, 'word', tick);
  if (charged === null) return drop(state, 'over-budget');
  return word.type === 'join-success'
    ? believeGrant(charged, from, dialect, word, tick)
    : believeRefusal(charged, from, word, tick);
}

/**
 * The host says who is in, with which peer ids. Left out are those who are gone and those whom they refused: some
 * hosts list them all the same.
 */
function believeGrant(
  state: RoomState,
  from: Seat,
  dialect: Dialect | null,
  { players, clientVersion }: JoinSuccess,
  tick: number,
): Received {
  const { room, traffic } = state;
  const isSameVersion = room.version === null || room.version === clientVersion;
  if (!isSameVersion || !areConsistent(room, from, players)) return drop(state, 'inconsistent');

  const spoken = speaking({ ...room, version: clientVersion }, dialect ?? 'A', tick);
  const lastPeerId = Math.max(room.lastPeerId, ...players.map(({ peerId }) => peerId));
  const entries = new Map(players.map((entry) => [entry.sessionId, entry]));
  const granted = updateSeats({ ...spoken, lastPeerId }, (seat) => {
    const entry = entries.get(seat.sessionId);
    return entry === undefined || seat.id === from.id ? null : grantedAs(spoken, seat, entry);
  });
  return taken(quiet(granted), traffic);
}

/** The host refuses somebody; that the game has begun goes for all who would come after. */
function believeRefusal(
  state: RoomState,
  from: Seat,
  { target, code, reason }: JoinError,
  tick: number,
): Received {
  const { room, traffic } = state;
  const refused = seatOf(room, target);
  if (refused === null || refused.id === from.id) return drop(state, 'inconsistent');

  const refusal = refuse(refusalCodeOf(code, reason), reason);
  const isSealing = refusal.code === 'match-sealed' && room.sealedBy === null;
  const sealed: Room = isSealing ? { ...room, sealedBy: 'host' } : room;
  if (!isIntroduced(refused)) return taken(quiet(refusedBy(sealed, refused, refusal)), traffic);
  const left = leave(sealed, [refused], tick);
  return taken({ room: left.room, out: [...sendAway(room, [refused], refusal), ...left.out] }, traffic);
}

function refusedBy(room: Room, refused: Seat, refusal: Refusal): Room {
  return updateSeat(room, refused, (seat) => ({ ...seat, verdict: { kind: 'refused', refusal } }));
}

/** Whoever was refused stays so; somebody whose version was known before the host's is refused now. */
function grantedAs(room: Room, seat: Seat, { peerId, spectator }: ListedPlayer): Seat | null {
  if (seat.verdict?.kind === 'refused') return null;
  if (isIntroduced(seat)) return seat.spectator === spectator ? null : { ...seat, spectator };
  const misfit = seat.version === null ? null : refuseVersion(room, seat.version);
  const verdict =
    misfit === null
      ? ({ kind: 'granted', peerId, spectator } as const)
      : ({ kind: 'refused', refusal: misfit } as const);
  return { ...seat, verdict };
}

/** The host is 1, ids are given once, and nobody's changes. */
function areConsistent(room: Room, host: Seat, players: readonly ListedPlayer[]): boolean {
  const ids = players.map(({ peerId }) => peerId);
  const own = players.find(({ sessionId }) => sessionId === host.sessionId);
  if (own?.peerId !== FIRST_HOST_ID || !ids.every(isPeerId) || new Set(ids).size !== ids.length) return false;
  const given = peerIdsIn(room);
  const { lastPeerId } = room;
  return players.every(({ sessionId, peerId }) => {
    const known = given.get(sessionId);
    return known === undefined || (known === 0 ? peerId > lastPeerId : peerId === known);
  });
}

/** Of everybody who has a seat, promised ones too; 0 while they have none. Read once, since a host may list many. */
function peerIdsIn({ seats }: Room): ReadonlyMap<string, number> {
  return new Map(
    seats.map(({ sessionId, peerId, verdict }) => [
      sessionId,
      verdict?.kind === 'granted' ? verdict.peerId : peerId,
    ]),
  );
}

function refusalCodeOf(code: number | null, reason: string): RefusalCode {
  if (code === JoinErrorCode.FULL || (code === null && reason.includes('full'))) return 'match-full';
  if (code === JoinErrorCode.CLIENT_VERSION) return 'version-mismatch';
  return code === JoinErrorCode.ALREADY_BEGUN || reason.includes('begun') ? 'match-sealed' : 'not-invited';
}
