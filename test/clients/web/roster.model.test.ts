import fc from 'fast-check';
import { elected, person } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { viewOf } from '../../../src/room/snapshots.ts';
import { deliver, Mirror } from './room-mirror.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

jest.setTimeout(60_000);

const USERS = ['a', 'b', 'c', 'd'];

/** What may happen to a user; `count` says how far, where it is a matter of time or of others. */
type What = 'enter' | 'drop' | 'loseQuietly' | 'comeBack' | 'reload' | 'leave' | 'transfer' | 'wait';

interface Deed {
  readonly user: string;
  readonly what: What;
  readonly count: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  user: fc.constantFrom(...USERS),
  what: fc.constantFrom<What>(
    'enter',
    'drop',
    'loseQuietly',
    'comeBack',
    'reload',
    'leave',
    'transfer',
    'wait',
  ),
  count: fc.integer({ min: 1, max: 40 }),
});

/** A room and the libraries of all who are in it. */
class Play {
  readonly room: RoomDriver = roomDriver(elected, { rules: { onHostLeft: 'migrate', maxPlayers: 3 } });
  readonly mirrors = new Map<string, Mirror>();
  private entries = 0;

  do({ user, what, count }: Deed): void {
    const told = this.room.snapshots.length;
    const mirror = this.mirrors.get(user);
    if (mirror === undefined) {
      if (what === 'enter') this.enter(user);
    } else if (this.room.member(mirror.sessionId) === null && !this.hasSeat(mirror)) this.end(mirror);
    else this.act(mirror, what, count);
    deliver(this.room, told, [...this.mirrors.values()]);
  }

  private enter(user: string): void {
    const sessionId = `${user}0${++this.entries}`;
    this.room.announced.add(sessionId);
    if (this.room.attempt({ ...person(user), sessionId }) !== null) return;
    this.mirrors.set(user, new Mirror(user, sessionId));
    this.room.join(sessionId).hear(sessionId);
  }

  private act(mirror: Mirror, what: What, count: number): void {
    const { room } = this;
    const { sessionId, peerId, isOnline } = mirror;
    if (what === 'wait') for (let tick = 0; tick < count; tick++) room.elapse(...this.online());
    if (what === 'transfer') {
      const to = [...this.mirrors.values()][count % this.mirrors.size]?.peerId ?? 0;
      room.command(null, { name: 'transfer', peerId: to, term: null });
    }
    if (peerId === 0) return;
    if (what === 'drop' && isOnline) {
      mirror.lose();
      room.disconnect(sessionId);
    }
    // The server does not know of it yet.
    if (what === 'loseQuietly' && isOnline) mirror.lose();
    if (what === 'leave' && isOnline) {
      this.end(mirror);
      room.leave(sessionId);
    }
    if (what === 'comeBack' || what === 'reload') this.comeBack(mirror, what === 'reload');
  }

  private comeBack(mirror: Mirror, isFresh: boolean): void {
    const { user, peerId } = mirror;
    const sessionId = `${user}0${++this.entries}`;
    this.room.announced.add(sessionId);
    const refusal = this.room.resume(sessionId, user, peerId, isFresh);
    if (refusal !== null) {
      this.end(mirror);
      return;
    }
    if (isFresh) {
      mirror.membership.close();
      this.mirrors.set(user, new Mirror(user, sessionId));
    } else mirror.resume(sessionId);
    this.room.join(sessionId).hear(sessionId);
  }

  private end(mirror: Mirror): void {
    mirror.membership.close();
    this.mirrors.delete(mirror.user);
  }

  private hasSeat({ peerId }: Mirror): boolean {
    return peerId !== 0 && this.room.room.seats.some((seat) => seat.peerId === peerId);
  }

  private online(): string[] {
    return [...this.mirrors.values()].filter(({ isOnline }) => isOnline).map(({ sessionId }) => sessionId);
  }

  /** Where a library that the room tells of itself sees anything else than the room. */
  disagreements(): unknown[] {
    const view = viewOf(this.room.room, this.room.tick);
    const inRoom = view.players.map(({ sessionId, peerId, generation, awaySec }) => ({
      sessionId,
      peerId,
      generation,
      away: awaySec !== null,
    }));
    return [...this.mirrors.values()].flatMap((mirror) => {
      const { membership, heard, host, mistakes, isOnline } = mirror;
      const isTold = view.players.some(
        ({ sessionId, awaySec }) => sessionId === mirror.sessionId && awaySec === null,
      );
      if (!isOnline || !isTold) return mistakes;
      const seen = membership.roster.players.map(({ sessionId, peerId, generation, away }) => ({
        sessionId,
        peerId,
        generation,
        away,
      }));
      const pairs: [unknown, unknown][] = [
        [seen, inRoom],
        [
          [...heard].map(([peerId, { away }]) => [peerId, away]).sort(),
          inRoom.map(({ peerId, away }) => [peerId, away]),
        ],
        [host, view.host && { peerId: view.host.peerId, term: view.host.term }],
        [membership.office.isOwn, view.host?.peerId === mirror.peerId],
      ];
      return [...mistakes, ...pairs.filter(([a, b]) => JSON.stringify(a) !== JSON.stringify(b))];
    });
  }

  close(): void {
    for (const { membership } of this.mirrors.values()) membership.close();
  }
}

test('whatever comes in whatever order, each library sees what the room is, and its game hears it as events', () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 5, maxLength: 40 }), (deeds) => {
      const play = new Play();
      for (const one of [
        ...USERS.slice(0, 2).map((user) => ({ user, what: 'enter', count: 1 }) as const),
        ...deeds,
      ]) {
        play.do(one);
        expect(play.disagreements()).toEqual([]);
      }
      play.close();
    }),
    { numRuns: 100 },
  );
});
