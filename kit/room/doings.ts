import fc from 'fast-check';
import type { Rules } from '../../src/room/room.ts';
import { seatOf } from '../../src/room/seats.ts';
import { adoptedBy, created, elected, matched, person } from './foundings.ts';
import { type RoomDriver, roomDriver } from './room-driver.ts';

/** `f` plays as the same user as `a`. */
export const SESSIONS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export const FOUNDINGS = {
  'created by a session': created('a'),
  'created by a user': created(null, 'user-a'),
  elected,
  matched: matched('b', 'd', 'a', 'c'),
  'adopted from an addon': adoptedBy('a'),
  'matched, of clients not heard yet': matched('b', 'd', 'a', 'c'),
} as const;

/** Those whose clients speak dialect A from the start, so that each message is dropped, or owed to one target. */
export const COUNTED = ['created by a session', 'created by a user', 'elected', 'matched'] as const;

/** What a property plays: a player's doings, which are one or more events of the room. */
export type Doing =
  | { readonly type: 'attempt'; readonly who: string; readonly version: string | null }
  | { readonly type: 'join' | 'leave' | 'tick' | 'grant'; readonly who: readonly string[] }
  | { readonly type: 'refuse'; readonly who: string; readonly code: number | null }
  | { readonly type: 'hear' | 'enter'; readonly who: string }
  | {
      readonly type: 'send';
      readonly from: string;
      readonly to: string;
      readonly kind: 'description' | 'candidate' | 'reconnect' | null;
      readonly opCode: number;
      readonly bytes: number;
    }
  | { readonly type: 'seal'; readonly by: string | null; readonly sealed: boolean }
  | { readonly type: 'shutdown' };

const session = fc.constantFrom(...SESSIONS, 'x');
const several = fc.uniqueArray(session, { maxLength: 4 });

/** Mostly what clients do all day, so that runs get deep into a room's life. */
const event: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('enter' as const), who: session }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('attempt' as const),
      who: session,
      version: fc.constantFrom(null, null, null, '1.0', '2.0'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('join' as const), who: several }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('hear' as const), who: session }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('leave' as const), who: several }) },
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant('send' as const),
      from: session,
      to: session,
      kind: fc.constantFrom('description', 'candidate', 'candidate', 'reconnect', null),
      opCode: fc.constantFrom(9001, 9001, 9001, 9001, 9001, 9002),
      bytes: fc.constantFrom(5, 5, 5, 5, 100_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('seal' as const),
      by: fc.option(session),
      sealed: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('tick' as const), who: several }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('shutdown' as const) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('grant' as const), who: several }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('refuse' as const),
      who: session,
      code: fc.constantFrom(null, 0, 1, 2),
    }),
  },
);

export const events = fc.array(event, { minLength: 5, maxLength: 60, size: 'max' });

export interface Setup {
  readonly rules: Partial<Rules>;
  readonly version: string | null;
}

/** Small times and bounds, so that they are reached. */
export const setup: fc.Arbitrary<Setup> = fc.record({
  rules: fc.record({
    minPlayers: fc.integer({ min: 1, max: 3 }),
    maxPlayers: fc.integer({ min: 3, max: 4 }),
    versionPolicy: fc.constantFrom('known', 'known', 'known', 'required'),
    seatTicks: fc.integer({ min: 1, max: 4 }),
    creatorTicks: fc.integer({ min: 1, max: 6 }),
    noShowTicks: fc.integer({ min: 1, max: 6 }),
    descriptionBurst: fc.constantFrom(1, 4),
    candidateBurst: fc.constantFrom(1, 4),
    refillTicks: fc.constantFrom(1, 5),
    heldMessages: fc.constantFrom(1, 3),
  }),
  version: fc.constantFrom(null, null, '1.0'),
});

export function foundRoom(founding: keyof typeof FOUNDINGS, { rules, version }: Setup, seed = 1): RoomDriver {
  const language = COUNTED.some((counted) => counted === founding) ? 'A' : null;
  return roomDriver(FOUNDINGS[founding], { rules, version, seed, language });
}

/** Takes the event as one or more steps; `after` runs after each. The payload tells messages apart. */
export function take(room: RoomDriver, one: Doing, payload: string, after = () => {}): void {
  switch (one.type) {
    case 'attempt':
      room.attempt(recipient(one.who), one.version);
      break;
    case 'enter':
      room.attempt(recipient(one.who));
      after();
      room.join(one.who);
      after();
      room.hear(one.who);
      break;
    case 'join':
      room.join(...one.who);
      break;
    case 'leave':
      room.leave(...one.who);
      break;
    case 'tick':
      room.elapse(...one.who);
      break;
    case 'hear':
      room.hear(one.who);
      break;
    case 'send': {
      const { from, to, kind, opCode, bytes } = one;
      room.send(from, to, payload, {
        opCode,
        bytes,
        method: opCode === 9001 && kind ? { kind, target: to } : null,
      });
      break;
    }
    case 'grant':
      room.grant('a', idsGivenBy(room, one.who));
      break;
    case 'refuse':
      room.refuse('a', one.who, 'no', one.code);
      break;
    case 'seal':
      room.sealBy(one.by === null ? null : recipient(one.by), one.sealed);
      break;
    case 'shutdown':
      room.shutDown();
  }
  after();
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

function recipient(sessionId: string) {
  return sessionId === 'f' ? { ...person('f'), userId: 'user-a' } : person(sessionId);
}
