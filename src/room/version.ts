import { type Refusal, refuse } from '../protocol/refusal.ts';
import { CLIENT_VERSION, MAX_VERSION_LENGTH } from '../protocol/version.ts';
import { creatorOf } from './door/creator.ts';
import type { Room } from './room.ts';

/**
 * The version that a joiner must have; null while nobody has named one who decides: an adopted room's host, the
 * creator where there is one, else whoever came first.
 */
export function versionOf(room: Room): string | null {
  if (room.version !== null || room.founding.kind === 'adopted') return room.version;
  if (room.founding.kind === 'created') return creatorOf(room)?.version ?? null;
  return room.seats.find(({ version }) => version !== null)?.version ?? null;
}

export function refuseVersion(room: Room, version: string | null): Refusal | null {
  const required = versionOf(room);
  if (version === null) {
    if (room.rules.versionPolicy === 'known') return null;
    const which = required === null ? '' : `, it must be "${required}"`;
    return refuse('version-required', `this match asks for your client version${which}`);
  }
  if (required === null || required === version) return null;
  return refuse('version-mismatch', `this match is for client version "${required}", yours is "${version}"`);
}

export const UNREADABLE_VERSION = refuse(
  'bad-request',
  `${CLIENT_VERSION} must be text of at most ${MAX_VERSION_LENGTH} characters`,
);

/** Refuses whoever names two client versions in different places. */
export function refuseContradiction([first, second]: readonly string[]): Refusal | null {
  if (second === undefined) return null;
  return refuse('bad-request', `two client versions are named, "${first}" and "${second}"; name one`);
}
