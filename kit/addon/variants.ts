import { binary } from './binary-codec.ts';
import { type Codec, type Content, jsonInOrder, jsonSorted, type Payload } from './codec.ts';
import type { Library } from './nakama-socket.ts';
import { asInt, asString, fieldOf, ScriptError } from './script.ts';
import type { State } from './situation.ts';

export type Verdict = 'begun' | 'full' | 'admit';

/** What one public copy of the addon does its own way. Everything else is the same in all. */
export interface Variant {
  readonly name: 'U' | 'M' | 'X' | 'R' | 'C';
  readonly engine: 'godot3' | 'godot4';
  readonly library: Library;
  readonly codec: Codec;
  readonly opCodes: { readonly [payload in Payload]?: number };
  /** Whether an error unwinds to the event handler, as in C#. */
  readonly unwinds: boolean;
  /** Whether `leave()` is waited for before a new match is entered or an error is shown. */
  readonly awaitsLeave: boolean;
  /** Whether joiners ask for admission, and say whether they want to play or watch. */
  readonly hasRequests: boolean;
  /** When a joiner gives its mesh its own id, and whether it is a peer of itself: it is in all but the last. */
  readonly entersMesh: 'before-anybody' | 'at-own-entry' | 'first-and-without-a-peer';
  readonly forgetsLinksOfLeavers: boolean;
  connectingUnless(state: State, isReconnect: boolean): boolean;
  /** Whether somebody's leave makes the match ready out of this state. */
  readyAfterLeaveIn(state: State): boolean;
  /** What a host says to a new player, in order. */
  verdictsOn(isPlaying: boolean, hasSeat: boolean): Verdict[];
  /** Whether a joiner of another version stops there. */
  readonly stopsAtOtherVersion: boolean;
  joinError(target: string, why: 'begun' | 'full' | 'version'): Content;
  /** What the player is shown for a 9003. */
  joinErrorText(content: unknown): string;
  readonly texts: Texts;
}

interface Texts {
  readonly socketError: string;
  readonly hostLeft: string;
  createFailed(message: string): string;
}

const CODES = { begun: 0, full: 1, version: 2 };
const REASONS = {
  begun: 'Sorry! The match has already begun.',
  full: 'Sorry! The match is full.',
  version: "Client version doesn't match host",
};

/** The canonical text: upstream of 2021-12, for Godot 3. */
const U: Variant = {
  name: 'U',
  engine: 'godot3',
  library: { sortsKeys: false, countsMatchData: true, tellsErrors: true },
  codec: jsonInOrder,
  opCodes: { 'peer-method': 9001, 'join-success': 9002, 'join-error': 9003 },
  unwinds: false,
  awaitsLeave: false,
  hasRequests: false,
  entersMesh: 'at-own-entry',
  forgetsLinksOfLeavers: true,
  connectingUnless: (state) => state !== 'PLAYING',
  readyAfterLeaveIn: () => true,
  // Without an `else`, so that who comes too late is refused and then listed all the same.
  verdictsOn: (isPlaying, hasSeat) => [
    ...(isPlaying ? (['begun'] as const) : []),
    hasSeat ? 'admit' : 'full',
  ],
  stopsAtOtherVersion: true,
  joinError: (target, why) => ({
    target,
    reason: why === 'full' ? 'Sorry! The match is full.,' : REASONS[why],
  }),
  joinErrorText: (content) => asString(fieldOf(content, 'reason')),
  texts: {
    socketError: 'Websocket connection error',
    hostLeft: 'Host has disconnected',
    createFailed: (message) => `Failed to create match: ${message}`,
  },
};

/** The Godot 4 port whose descendants are the most: own id before the others. */
const M: Variant = {
  ...U,
  name: 'M',
  engine: 'godot4',
  library: { ...U.library, sortsKeys: true },
  codec: jsonSorted,
  entersMesh: 'before-anybody',
};

/** Variants with error codes share these. */
const withCodes = {
  joinError: (target: string, why: 'begun' | 'full' | 'version') => ({
    target,
    code: CODES[why],
    reason: REASONS[why],
  }),
  texts: {
    ...U.texts,
    socketError: 'WebSocket connection error',
    createFailed: () => 'Failed to create match',
  },
};

/** Its text for a code; a code it does not know is a script error. */
const textOfCode = (content: unknown, known: (keyof typeof CODES)[]): string => {
  const code = asInt(fieldOf(content, 'code'));
  const why = known.find((name) => CODES[name] === code);
  if (why === undefined) throw new ScriptError(`Invalid get index '${code}'`);
  return REASONS[why];
};

/** A Godot 4 port that loses whoever is listed before itself, and looks error codes up as floats. */
const X: Variant = {
  ...M,
  ...withCodes,
  name: 'X',
  entersMesh: 'at-own-entry',
  verdictsOn: (isPlaying, hasSeat) => [isPlaying ? 'begun' : hasSeat ? 'admit' : 'full'],
  joinErrorText: (content) => {
    throw new ScriptError(`Invalid get index '${fieldOf(content, 'code')}.0'`);
  },
};

/** Upstream since 2022-08, for Godot 3: joiners ask, hosts answer, some only watch. */
const R: Variant = {
  ...U,
  ...withCodes,
  name: 'R',
  opCodes: { 'peer-method': 9001, 'join-request': 9002, 'join-error': 9003, 'join-success': 9004 },
  hasRequests: true,
  entersMesh: 'first-and-without-a-peer',
  verdictsOn: (isPlaying) => (isPlaying ? ['begun'] : []),
  joinErrorText: (content) => textOfCode(content, ['begun', 'full', 'version']),
};

/** The C# rewrite for Godot 3: the same messages, in binary. */
const C: Variant = {
  ...U,
  ...withCodes,
  name: 'C',
  library: { sortsKeys: false, countsMatchData: false, tellsErrors: true },
  codec: binary,
  unwinds: true,
  awaitsLeave: true,
  forgetsLinksOfLeavers: false,
  connectingUnless: (_state, isReconnect) => !isReconnect,
  readyAfterLeaveIn: (state) => state !== 'PLAYING',
  verdictsOn: (isPlaying, hasSeat) => [hasSeat ? (isPlaying ? 'begun' : 'admit') : 'full'],
  stopsAtOtherVersion: false,
  joinErrorText: (content) => textOfCode(content, ['begun', 'full']),
  texts: { ...withCodes.texts, hostLeft: 'Host has disconnectred' },
};

export const variants = { U, M, X, R, C } as const;
export type VariantName = keyof typeof variants;
