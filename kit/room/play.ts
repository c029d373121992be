import { isPlayer, type Session } from '../../src/room/seats/seat.ts';
import { seatOf } from '../../src/room/seats/seats.ts';
import type { Doing } from './doings.ts';
import { person } from './foundings.ts';
import type { RoomDriver } from './room-driver.ts';

const ASK = { type: 'join-request', clientVersion: null, spectator: false } as const;

/** Takes a doing as one or more events; `after` runs after each. The payload tells messages apart. */
export function play(room: RoomDriver, one: Doing, payload: string, after = () => {}): void {
  switch (one.type) {
    case 'attempt':
      room.attempt(sessionNow(room, one.who), one.version);
      break;
    case 'enter':
      room.attempt(sessionNow(room, one.who));
      after();
      comeIn(room, room.sessionOf(one.who), after);
      break;
    case 'join':
      room.join(...sessionsNow(room, one.who));
      break;
    case 'leave':
      room.leave(...sessionsNow(room, one.who));
      break;
    case 'disconnect': {
      const lost = sessionsNow(room, one.who);
      for (const who of one.who) room.reconnect(who);
      room.disconnect(...lost);
      break;
    }
    case 'return':
      comeBack(room, one, after);
      break;
    case 'late': {
      const sessionIds = earlierOf(room, one.who);
      room.happen({ type: one.what, sessionIds });
      break;
    }
    case 'tick':
      room.elapse(...sessionsNow(room, one.who));
      break;
    case 'ask':
      room.say(room.sessionOf(one.who), ASK, 'R');
      break;
    case 'hear':
      room.hear(room.sessionOf(one.who));
      break;
    case 'send': {
      const { kind, opCode, bytes } = one;
      const [from, to] = [room.sessionOf(one.from), room.sessionOf(one.to)];
      const method = opCode === 9001 && kind ? { kind, target: to } : null;
      room.send(from, to, payload, { opCode, bytes, method });
      break;
    }
    case 'frame': {
      const { bytes, isReliable } = one;
      const head = {
        opCode: 9015,
        recipients: [room.sessionOf(one.to)],
        firstByte: () => (isReliable ? 1 : 2),
      };
      room.receive({ from: room.sessionOf(one.from), payload, bytes, ...head });
      break;
    }
    case 'status':
      room.status(room.sessionOf(one.who), { background: one.background, leaving: one.leaving });
      break;
    case 'link':
      room.report(room.sessionOf(one.who), room.sessionOf(one.to), one.state, {
        silent: one.silent,
      });
      break;
    case 'say':
      room.receive({ from: room.sessionOf(one.who), opCode: one.opCode });
      break;
    case 'grant':
      room.grant('a', idsGivenBy(room, one.who));
      break;
    case 'refuse':
      room.refuse('a', one.who, 'no', one.code);
      break;
    case 'seal':
      room.sealBy(one.by === null ? null : sessionNow(room, one.by), one.sealed);
      break;
    case 'transfer': {
      const { by, peerId, term } = one;
      room.command(by === null ? null : sessionNow(room, by), { name: 'transfer', peerId, term });
      break;
    }
    case 'kick': {
      const { by, peerId, ban } = one;
      const asked = { name: 'kick', peerId, ban, reason: null, term: null } as const;
      room.command(by === null ? null : sessionNow(room, by), asked);
      break;
    }
    case 'resize': {
      const { by, maxPlayers } = one;
      const nothing = {
        roomName: null,
        visibility: null,
        properties: null,
        hasPassword: null,
        minPlayers: null,
      };
      room.command(by === null ? null : sessionNow(room, by), {
        name: 'update',
        term: null,
        ...nothing,
        maxPlayers,
      });
      break;
    }
    case 'choose':
      room.happen({
        type: 'chosen',
        userId: sessionNow(room, one.who).userId,
        version: null,
        announced: true,
      });
      break;
    case 'ready':
      room.status(room.sessionOf(one.who), { ready: one.ready });
      break;
    case 'shutdown':
      room.shutDown();
  }
  after();
}

function comeIn(room: RoomDriver, sessionId: string, after: () => void): void {
  room.join(sessionId);
  after();
  room.hear(sessionId);
}

/** On another socket, whether or not the one they had is known to be dead. */
function comeBack(
  room: RoomDriver,
  { who, fresh, until }: Extract<Doing, { type: 'return' }>,
  after: () => void,
): void {
  const seat = room.room.seats.find((one) => isPlayer(one) && one.userId === userOf(who));
  const sessionId = room.reconnect(who);
  const refusal = room.resume(sessionId, who, seat?.peerId ?? 7, fresh);
  if (refusal !== null || until === 'asked') return;
  after();
  comeIn(room, sessionId, after);
}

function earlierOf(room: RoomDriver, who: string): string[] {
  const now = room.sessionOf(who);
  const count = Number(now.split('.')[1] ?? 0);
  return count === 0 ? [] : [count === 1 ? who : `${who}.${count - 1}`];
}

/** As an addon's host counts: everybody keeps their id, and newcomers get the next ones. */
function idsGivenBy({ room, peerIds }: RoomDriver, who: readonly string[]): Record<string, number> {
  const ids: Record<string, number> = { a: 1 };
  let last = room.lastPeerId;
  for (const sessionId of who) {
    const verdict = seatOf(room, sessionId)?.verdict;
    const granted = verdict?.kind === 'granted' ? verdict.peerId : null;
    if (sessionId !== 'a') ids[sessionId] = peerIds[sessionId] ?? granted ?? ++last;
  }
  return ids;
}

function sessionsNow(room: RoomDriver, who: readonly string[]): string[] {
  return who.map((one) => room.sessionOf(one));
}

/** With another socket they are the same user. */
function sessionNow(room: RoomDriver, who: string): Session {
  return { ...person(who), userId: userOf(who), sessionId: room.sessionOf(who) };
}

/** `f` plays as the same user as `a`. */
function userOf(who: string): string {
  return person(who === 'f' ? 'a' : who).userId;
}
