import fc from 'fast-check';
import type { Dialect } from '../../src/protocol/dialects/dialect.ts';
import { LINK_STATES, type LinkState } from '../../src/protocol/link-report.ts';
import type { Rules } from '../../src/room/room.ts';
import { adoptedBy, created, elected, matched } from './foundings.ts';
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

/** Those whose clients speak JSON from the start, so that each message is dropped, or owed to one target. */
export const COUNTED = ['created by a session', 'created by a user', 'elected', 'matched'] as const;

/** What a property plays: a player's doings, which are one or more events of the room. */
export type Doing =
  | { readonly type: 'attempt'; readonly who: string; readonly version: string | null }
  | {
      readonly type: 'join' | 'leave' | 'disconnect' | 'tick' | 'grant';
      readonly who: readonly string[];
    }
  | { readonly type: 'return'; readonly who: string; readonly fresh: boolean; readonly until: 'asked' | 'in' }
  /** Nakama tells of an older socket of theirs, late. */
  | { readonly type: 'late'; readonly who: string; readonly what: 'left' | 'disconnected' }
  | {
      readonly type: 'transfer';
      readonly by: string | null;
      readonly peerId: number;
      readonly term: number | null;
    }
  | { readonly type: 'status'; readonly who: string; readonly background: boolean; readonly leaving: boolean }
  | {
      readonly type: 'link';
      readonly who: string;
      readonly to: string;
      readonly state: LinkState;
      readonly silent: boolean;
    }
  | { readonly type: 'say'; readonly who: string; readonly opCode: number }
  | { readonly type: 'refuse'; readonly who: string; readonly code: number | null }
  | { readonly type: 'hear' | 'enter' | 'ask'; readonly who: string }
  | {
      readonly type: 'send';
      readonly from: string;
      readonly to: string;
      readonly kind: 'description' | 'candidate' | 'reconnect' | null;
      readonly opCode: number;
      readonly bytes: number;
    }
  | {
      readonly type: 'frame';
      readonly from: string;
      readonly to: string;
      readonly bytes: number;
      readonly isReliable: boolean;
    }
  | { readonly type: 'seal'; readonly by: string | null; readonly sealed: boolean }
  | { readonly type: 'kick'; readonly by: string | null; readonly peerId: number; readonly ban: boolean }
  | { readonly type: 'resize'; readonly by: string | null; readonly maxPlayers: number }
  /** Quick play chooses the room for them. */
  | { readonly type: 'choose'; readonly who: string }
  | { readonly type: 'ready'; readonly who: string; readonly ready: boolean }
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
  { weight: 7, arbitrary: fc.record({ type: fc.constantFrom('hear', 'ask'), who: session }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('leave' as const), who: several }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('disconnect' as const), who: several }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('return' as const),
      who: session,
      fresh: fc.boolean(),
      until: fc.constantFrom('asked', 'in', 'in'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('late' as const),
      who: session,
      what: fc.constantFrom('left', 'disconnected'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('transfer' as const),
      by: fc.option(session),
      peerId: fc.integer({ min: 1, max: 4 }),
      term: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('status' as const),
      who: session,
      background: fc.boolean(),
      leaving: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('link' as const),
      who: session,
      to: session,
      state: fc.constantFrom(...LINK_STATES),
      silent: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('say' as const),
      who: session,
      opCode: fc.constantFrom(9013, 9014, 9018),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('frame' as const),
      from: session,
      to: session,
      bytes: fc.constantFrom(5, 500, 100_000),
      isReliable: fc.boolean(),
    }),
  },
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
      type: fc.constant('kick' as const),
      by: fc.option(session),
      peerId: fc.integer({ min: 1, max: 5 }),
      ban: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('resize' as const),
      by: fc.option(session),
      maxPlayers: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('choose' as const), who: session }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('ready' as const), who: session, ready: fc.boolean() }),
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
  /** Of a room of the server. */
  readonly language: Dialect | null;
  /** Those who announce themselves. */
  readonly announced: readonly string[];
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
    awayTicks: fc.integer({ min: 0, max: 6 }),
    backgroundTicks: fc.integer({ min: 3, max: 8 }),
    onHostLeft: fc.constantFrom('migrate', 'migrate', 'close'),
  }),
  version: fc.constantFrom(null, null, '1.0'),
  language: fc.constantFrom('A', null, 'R'),
  announced: fc.oneof(fc.constant(SESSIONS), fc.subarray([...SESSIONS])),
});

export function foundRoom(founding: keyof typeof FOUNDINGS, options: Setup, seed = 1): RoomDriver {
  const { rules, version, announced } = options;
  const isOfServer = COUNTED.some((counted) => counted === founding) && founding !== 'matched';
  const language = isOfServer ? options.language : founding === 'matched' ? 'A' : null;
  const room = roomDriver(FOUNDINGS[founding], { rules, version, seed, language });
  for (const who of announced) room.announced.add(who);
  return room;
}
