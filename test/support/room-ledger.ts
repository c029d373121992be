import { isConfirmed, isHost, isIntroduced, memberOf } from '../../src/room/queries.ts';
import type { Member, Out, Room } from '../../src/room/room.ts';
import type { RoomDriver } from './room-driver.ts';

/**
 * Keeps its own books of a room, from what goes in and what comes out, and expects of every step what must
 * hold at any time.
 */
export class RoomLedger {
  private before: Room;
  private readonly driver: RoomDriver;
  private readonly given = new Map<number, string>();
  /** Whom a member was told of by 9002, since he came in. */
  private readonly known = new Map<string, readonly string[]>();
  /** Accepted and not yet delivered, oldest first, by `from → to`. */
  private readonly pending = new Map<string, string[]>();
  private readonly versions = new Set<string>();

  constructor(driver: RoomDriver) {
    this.driver = driver;
    this.before = driver.room;
  }

  /** A message was taken in, not dropped; to be said before the step's `check`. */
  accepted(from: string, to: string, payload: string): void {
    const pair = `${from} → ${to}`;
    this.pending.set(pair, [...(this.pending.get(pair) ?? []), payload]);
  }

  check(): void {
    const { room } = this.driver;
    this.checkRoom(room);
    this.checkPeerIds(room);
    this.checkOut(room);
    this.forgetGone(room);
    this.checkHeld(room);
    this.before = room;
  }

  private checkRoom(room: Room): void {
    const { members, rules, founding } = room;
    const isCreatorAwaited =
      founding.kind === 'created' &&
      room.lastPeerId === 0 &&
      !members.some(({ sessionId, userId }) =>
        founding.creator.sessionId === null
          ? userId === founding.creator.userId
          : sessionId === founding.creator.sessionId,
      );
    expect(members.length + (isCreatorAwaited ? 1 : 0)).toBeLessThanOrEqual(rules.maxPlayers);
    expect(new Set(members.map(({ sessionId }) => sessionId)).size).toBe(members.length);
    expect(members.filter(isIntroduced).every(isConfirmed)).toBe(true);
    if (this.before.hostLeft) expect(room.hostLeft).toBe(true);
    if (this.before.sealedBy === 'shutdown') expect(room.sealedBy).toBe('shutdown');
    // A room that had a host either has him or knows that he left.
    if (this.given.has(1)) expect(members.some(isHost) !== room.hostLeft).toBe(true);
  }

  private checkPeerIds(room: Room): void {
    for (const { sessionId, peerId } of room.members.filter(isIntroduced)) {
      const had = memberOf(this.before, sessionId)?.peerId ?? 0;
      if (had !== 0) {
        expect([sessionId, peerId]).toEqual([sessionId, had]);
        continue;
      }
      expect(Number.isInteger(peerId) && peerId >= 1 && peerId < 2 ** 31).toBe(true);
      expect([peerId, this.given.get(peerId)]).toEqual([peerId, undefined]);
      this.given.set(peerId, sessionId);
    }
  }

  private checkOut(room: Room): void {
    const kicked = new Set<string>();
    for (const out of this.driver.out) {
      const { sessionId } = out.to;
      expect([out.type, sessionId, kicked.has(sessionId)]).toEqual([out.type, sessionId, false]);
      const members = [memberOf(room, sessionId), memberOf(this.before, sessionId)];
      expect(members.some((member) => member !== null)).toBe(true);
      if (out.type === 'kick') kicked.add(sessionId);
      else expect(members.some((member) => member !== null && isConfirmed(member))).toBe(true);
      this.checkOne(out);
    }
  }

  private checkOne(out: Out): void {
    const { sessionId } = out.to;
    switch (out.type) {
      case 'join-success':
        this.checkPlayers(sessionId, out.players);
        this.versions.add(out.clientVersion);
        expect(this.versions.size).toBe(1);
        break;
      case 'peer-method': {
        const from = out.from.sessionId;
        if (this.driver.room.founding.kind !== 'matched') expect(this.known.get(sessionId)).toContain(from);
        const pair = `${from} → ${sessionId}`;
        const [next, ...rest] = this.pending.get(pair) ?? [];
        expect([pair, out.payload]).toEqual([pair, next]);
        this.pending.set(pair, rest);
        break;
      }
      case 'presences':
        expect([...out.joins, ...out.leaves].map((one) => one.sessionId)).not.toContain(sessionId);
    }
  }

  private checkPlayers(to: string, players: readonly Member[]): void {
    const ids = players.map(({ sessionId }) => sessionId);
    expect(ids[0]).toBe(to);
    expect(new Set(ids).size).toBe(ids.length);
    expect(players.every((player) => isConfirmed(player) && isIntroduced(player))).toBe(true);
    this.known.set(to, ids);
  }

  private forgetGone(room: Room): void {
    const gone = this.before.members.filter(({ sessionId }) => memberOf(room, sessionId) === null);
    for (const { sessionId } of gone) {
      this.known.delete(sessionId);
      for (const pair of this.pending.keys()) {
        if (pair.split(' → ').includes(sessionId)) this.pending.delete(pair);
      }
    }
  }

  private checkHeld(room: Room): void {
    const held = new Map<string, string[]>();
    for (const { from, to, payload } of room.held) {
      const pair = `${from} → ${to}`;
      held.set(pair, [...(held.get(pair) ?? []), payload]);
    }
    const pending = [...this.pending].filter(([, payloads]) => payloads.length > 0);
    expect(Object.fromEntries(held)).toEqual(Object.fromEntries(pending));
  }
}
