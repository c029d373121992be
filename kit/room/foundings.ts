import { invitationsFor } from '../../src/room/founding.ts';
import type { Sign } from '../../src/room/profile.ts';
import type { Rules } from '../../src/room/room.ts';
import type { Session } from '../../src/room/seats/seat.ts';
import type { Foundation } from '../../src/room/terms.ts';

/** Of the rooms of unit tests. */
export const RULES: Rules = {
  minPlayers: 2,
  maxPlayers: 4,
  versionPolicy: 'known',
  defaultVersion: 'dev',
  seatTicks: 15,
  creatorTicks: 30,
  emptyTicks: 60,
  unjoinedTicks: 50,
  noShowTicks: 10,
  linkTicks: 20,
  maxMessageBytes: 1000,
  descriptionBurst: 4,
  candidateBurst: 64,
  rejectBurst: 256,
  refillTicks: 10,
  heldMessages: 8,
  awayTicks: 30,
  backgroundTicks: 120,
  checkpointBytes: 1000,
  fallbackBytesPerSec: 1000,
  fallbackMessagesPerSec: 10,
  fallbackNodeBytesPerSec: 100_000,
  onHostLeft: 'close',
  topology: 'mesh',
};

/** What the server gives each of them. */
export const SIGN: Sign = { code: 'BCDFGH', codeKey: 'c0123456789abcdef', serial: 7 };

/** Session `a` of user `user-a`, and so on. */
export function person(sessionId: string): Session {
  return { sessionId, userId: `user-${sessionId}`, username: `name-${sessionId}`, node: 'node' };
}

type FoundationOf<K extends Foundation['kind']> = Extract<Foundation, { kind: K }>;

export const elected = { kind: 'elected' } as const;

/** Made over a socket: `created('a')`; over HTTP, where only the user is known: `created(null, 'user-a')`. */
export function created(sessionId: string | null, userId = `user-${sessionId}`): FoundationOf<'created'> {
  return { kind: 'created', creator: { userId, sessionId } };
}

export function matched(...sessionIds: string[]): FoundationOf<'matched'> {
  const players = sessionIds.map((sessionId) => ({ ...person(sessionId), version: null }));
  return { kind: 'matched', invitations: invitationsFor(players), absent: [] };
}

/** By the addon's `create_match` of that session. */
export function adoptedBy(hostSessionId: string): FoundationOf<'adopted'> {
  return { kind: 'adopted', host: person(hostSessionId) };
}
