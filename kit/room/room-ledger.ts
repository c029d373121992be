import { labelOf } from '../../src/room/label-of.ts';
import { isLikeRelayed } from '../../src/room/language.ts';
import { isOver } from '../../src/room/phase.ts';
import type { Room } from '../../src/room/room.ts';
import { isConfirmed, isIntroduced, isPlayer, type Seat } from '../../src/room/seats/seat.ts';
import { seatMeant, seatOf, seatWith } from '../../src/room/seats/seats.ts';
import type { Out, Snapshot, ToOne } from '../../src/room/step.ts';
import {
  awaitsCreator,
  demand,
  hasNoHostLeft,
  hostsIn,
  isAdoptedHost,
  isUnique,
  mayReach,
} from './room-facts.ts';

/** A room after an event, and what the event gave; none where that is looked at elsewhere. */
export interface Watched {
  readonly room: Room;
  readonly out: readonly Out[];
}

/**
 * Keeps its own books of a room, from what goes in and what comes out, and demands of every step what must
 * hold at any time.
 */
export class RoomLedger {
  private before: Room;
  private readonly driver: Watched;
  /** Whether each message is owed to one target, so that what goes in can be held against what comes out. */
  private readonly isCounted: boolean;
  /** Every peer id that was ever given. */
  private readonly given = new Set<number>();
  /** Whom a member was told of by their last 9002, since they came in. */
  private readonly known = new Map<string, readonly string[]>();
  /** Accepted and not yet delivered, oldest first, by the ids of the seats: `1 → 2`. */
  private readonly pending = new Map<string, string[]>();
  private version: string | null = null;
  /** A room that is, or was for a while, like a relayed match, without seats or peer ids. */
  private wasPlain = false;

  constructor(driver: Watched, isCounted: boolean) {
    this.driver = driver;
    this.isCounted = isCounted;
    this.before = driver.room;
    for (const { peerId } of driver.room.seats) this.given.add(peerId);
  }

  /** A message was taken in, not dropped; to be said before the step's `check`. */
  accepted(from: string, to: string, payload: string): void {
    const pair = this.pairOf(from, to);
    this.pending.set(pair, [...(this.pending.get(pair) ?? []), payload]);
  }

  check(): void {
    const room: Room = JSON.parse(JSON.stringify(this.driver.room));
    this.wasPlain ||= isLikeRelayed(room);
    this.checkMembers(room);
    this.checkPeerIds(room);
    this.checkHost(room);
    this.checkOut(room);
    this.forgetGone(room);
    this.checkPending(room);
    this.before = room;
  }

  private pairOf(from: string, to: string): string {
    return `${this.seatMeant(from)} → ${this.seatMeant(to)}`;
  }

  private seatMeant(sessionId: string): number | undefined {
    const { room } = this.driver;
    return (seatMeant(room, sessionId) ?? seatMeant(this.before, sessionId))?.id;
  }

  private checkMembers(room: Room): void {
    const { seats: members, rules } = room;
    const isBounded = !this.wasPlain;
    const taken = members.length + (awaitsCreator(room) ? 1 : 0);
    demand(!isBounded || taken <= rules.maxPlayers, 'no more seats than max_players');
    demand(isUnique(members.map(({ sessionId }) => sessionId)), 'one seat for each session');
    demand(isUnique(members.map(({ id }) => `${id}`)), 'no seat has the id of another');
    demand(
      members.every(({ id }) => id <= room.lastSeatId),
      'no seat has an id that may be given again',
    );
    const others = members.filter((member) => !isAdoptedHost(room, member));
    demand(others.filter(isIntroduced).every(isConfirmed), 'only confirmed members are introduced');
    demand(members.length === 0 || !isOver(room, 100_000), 'not over while somebody is in it');
    const { openSeats, players } = labelOf(room);
    demand(
      !isBounded || (openSeats >= 0 && players + openSeats <= rules.maxPlayers),
      'as many open seats as there can be',
    );
  }

  private checkPeerIds(room: Room): void {
    for (const { id, sessionId, peerId } of room.seats.filter(isPlayer)) {
      const had = seatWith(this.before, id)?.peerId ?? 0;
      demand(had === 0 || had === peerId, `${sessionId} keeps peer id ${had}`);
      if (had !== 0 || this.wasPlain) continue;
      demand(Number.isInteger(peerId) && peerId >= 1 && peerId < 2 ** 31, `${peerId} can be a peer id`);
      demand(!this.given.has(peerId), `peer id ${peerId} is given once`);
      this.given.add(peerId);
    }
  }

  private checkHost(room: Room): void {
    const { sealedBy, founding, host } = room;
    const hostLeft = hasNoHostLeft(room);
    const [term, termBefore] = [host?.term ?? 0, this.before.host?.term ?? 0];
    demand(term >= termBefore, 'a term never falls');
    demand(
      hostLeft || !hasNoHostLeft(this.before) || term > termBefore,
      'a host who left does not come back',
    );
    const isSameHost = host?.peerId === this.before.host?.peerId;
    demand(isSameHost === (term === termBefore), 'a term is of one host, and a new one of another');
    demand(term <= 1 || hostLeft || hostsIn(room).every(({ announced }) => announced), 'heirs know of hosts');
    demand(sealedBy === 'shutdown' || this.before.sealedBy !== 'shutdown', 'a shutdown cannot be undone');
    const hosts = hostsIn(room).length;
    const isGivenUp = founding.kind === 'matched' && founding.invitations.length === 0;
    demand(hosts <= 1, 'one host at most');
    demand(hosts === 0 || !hostLeft, 'no host after the host has left');
    if (this.wasPlain) return;
    demand(hosts === 1 || !this.given.has(1) || hostLeft || isGivenUp, 'a host who is gone has left');
  }

  private checkOut(room: Room): void {
    const kicked: string[] = [];
    const isToOne = (out: Out): out is ToOne => 'to' in out && out.type !== 'snapshot';
    const toOne = this.driver.out.filter(isToOne);
    const kicks = toOne.filter(({ type }) => type === 'kick').map(({ to }) => to.sessionId);
    for (const out of this.driver.out) {
      if (out.type === 'snapshot') this.checkSnapshot(out, room);
      if (!isToOne(out)) continue;
      const { sessionId } = out.to;
      const members = [seatOf(room, sessionId), seatOf(this.before, sessionId)];
      const isReachable = members.some(
        (member) =>
          member !== null &&
          (isAdoptedHost(room, member) || mayReach(out, member, kicks.includes(sessionId))),
      );
      demand(isReachable, `${sessionId} may be sent ${out.type}`);
      demand(!kicked.includes(sessionId), `${sessionId} is sent nothing after a kick`);
      if (out.type === 'kick') kicked.push(sessionId);
      this.checkOne(out);
    }
  }

  private checkSnapshot({ to, newcomers, view }: Snapshot, room: Room): void {
    const readers = [...to, ...newcomers].map(({ sessionId }) => sessionId);
    const isReader = (id: string) =>
      room.seats.some((one) => one.sessionId === id && isIntroduced(one) && one.announced);
    demand(readers.every(isReader), 'snapshots go to those who are in and announced');
    demand(isUnique(readers), 'nobody is sent a snapshot twice');
    demand(isUnique(view.players.map(({ peerId }) => `${peerId}`)), 'a peer id is one player’s');
    const listed = view.players.map(({ sessionId }) => sessionId);
    for (const one of readers) this.known.set(one, [...(this.known.get(one) ?? []), ...listed]);
  }

  private checkOne(out: ToOne): void {
    const { sessionId } = out.to;
    switch (out.type) {
      case 'join-success':
        this.checkPlayers(sessionId, out.players);
        this.version ??= out.clientVersion;
        demand(this.version === out.clientVersion, 'all are told the same version');
        break;
      case 'data':
        this.checkDelivered(out.from.sessionId, sessionId, out.payload);
        break;
      case 'presences': {
        const named = [...out.joins, ...out.leaves].map((one) => one.sessionId);
        demand(!named.includes(sessionId), 'nobody is told of their own presence');
      }
    }
  }

  private checkPlayers(to: string, players: readonly Seat[]): void {
    const ids = players.map(({ sessionId }) => sessionId);
    demand(ids[0] === to, 'the recipient of a 9002 is listed first');
    demand(isUnique(ids), 'everybody is listed once');
    demand(
      players.every((one) => isConfirmed(one) && isIntroduced(one)),
      'only confirmed members are listed',
    );
    this.known.set(to, ids);
  }

  private checkDelivered(from: string, to: string, payload: string): void {
    const { room } = this.driver;
    const { founding } = room;
    const isToHost = founding.kind === 'adopted' && hostsIn(room).some(({ sessionId }) => sessionId === to);
    const knowsBefore = founding.kind === 'matched' || this.wasPlain || isToHost;
    demand(
      knowsBefore || this.known.get(to)?.includes(from) === true,
      `${to} knows ${from} before their messages`,
    );
    if (!this.isCounted) return;
    const pair = this.pairOf(from, to);
    const [next, ...rest] = this.pending.get(pair) ?? [];
    demand(payload === next, `${pair}: ${payload} is delivered once and in its order`);
    this.pending.set(pair, rest);
  }

  /** With a seat, or with the connections of its client, goes what waits for it and from it. */
  private forgetGone(room: Room): void {
    for (const { id, sessionId, generation } of this.before.seats) {
      const after = seatWith(room, id);
      if (after?.sessionId !== sessionId) this.known.delete(sessionId);
      if (after?.generation === generation) continue;
      for (const pair of this.pending.keys()) {
        if (pair.split(' → ').includes(`${id}`)) this.pending.delete(pair);
      }
    }
  }

  private checkPending(room: Room): void {
    if (!this.isCounted) return;
    const all = room.pending.queues.flatMap(({ to, messages }) =>
      messages.map(({ from, payload }) => ({ to, from, payload })),
    );
    for (const [pair, payloads] of this.pending) {
      const waiting = all.filter(({ from, to }) => `${from} → ${to}` === pair);
      const isKept = waiting.map(({ payload }) => payload).join() === payloads.join();
      demand(isKept, `${pair}: what was accepted and not delivered waits, in its order`);
    }
    const count = [...this.pending.values()].reduce((sum, { length }) => sum + length, 0);
    demand(all.length === count, 'nothing else waits');
  }
}
