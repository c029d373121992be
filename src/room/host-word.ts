import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { JoinError } from '../protocol/join-error.ts';
import { JoinErrorCode } from '../protocol/join-error.ts';
import type { JoinSuccess, ListedPlayer } from '../protocol/join-success.ts';
import { isPeerId } from '../protocol/player.ts';
import type { RefusalCode } from '../protocol/refusal.ts';
import { refuseVersion } from './admission.ts';
import { charge } from './budget.ts';
import { sendAway } from './farewell.ts';
import { introduce } from './introduction.ts';
import { speaking } from './language.ts';
import { leave } from './presence.ts';
import { isHost, memberOf } from './queries.ts';
import { type Founding, type HostRefusal, type Member, type Room, without } from './room.ts';
import { drop, type Traffic, type TrafficStep } from './traffic.ts';

/**
 * An adopted room's host says who is in, with which peer ids. Left out are those who are gone and those whom
 * he refused: some hosts list them all the same.
 */
export function believeGrant(
  room: Room,
  traffic: Traffic,
  from: Member,
  dialect: Dialect | null,
  { players, clientVersion }: JoinSuccess,
  tick: number,
): TrafficStep {
  const { founding } = room;
  if (founding.kind !== 'adopted' || !isHost(from)) return drop(room, traffic, 'unknown-opcode');
  const uses = charge(room, traffic.uses, from, 'word', tick);
  if (uses === null) return drop(room, traffic, 'over-budget');
  const isSameVersion = room.version === null || room.version === clientVersion;
  if (!isSameVersion || !areConsistent(room, founding, players)) return drop(room, traffic, 'inconsistent');

  const given = peerIdsIn(room, founding);
  const ofMembers = players.filter((entry) => given.has(entry.sessionId) && !isHost(entry));
  const granted = without(ofMembers, founding.refused);
  const versioned = speaking({ ...room, version: clientVersion }, dialect ?? 'A');
  const misfits = granted.flatMap((entry) => misfitAmong(versioned, entry));
  const step = introduce(
    {
      ...versioned,
      lastPeerId: Math.max(room.lastPeerId, ...players.map(({ peerId }) => peerId)),
      founding: {
        ...founding,
        granted: [...without(founding.granted, granted), ...granted],
        refused: [...founding.refused, ...misfits],
      },
      members: versioned.members.map((member) => {
        const entry = granted.find(({ sessionId }) => sessionId === member.sessionId);
        if (entry === undefined) return member;
        return { ...member, spectator: entry.spectator };
      }),
    },
    tick,
  );
  return { ...step, traffic: { ...traffic, uses } };
}

/** An adopted room's host refuses somebody; that the game has begun goes for all who would come after him. */
export function believeRefusal(
  room: Room,
  traffic: Traffic,
  from: Member,
  { target, code, reason }: JoinError,
  tick: number,
): TrafficStep {
  const { founding } = room;
  if (founding.kind !== 'adopted' || !isHost(from)) return drop(room, traffic, 'unknown-opcode');
  const uses = charge(room, traffic.uses, from, 'word', tick);
  if (uses === null) return drop(room, traffic, 'over-budget');
  const charged: Traffic = { ...traffic, uses };
  const refused = memberOf(room, target);
  if (refused === null || isHost(refused)) return drop(room, traffic, 'inconsistent');

  const refusal: HostRefusal = { sessionId: target, code: refusalCodeOf(code, reason), sentence: reason };
  const sealed: Room =
    refusal.code === 'match-sealed' && room.sealedBy === null ? { ...room, sealedBy: 'host' } : room;
  if (refused.introduced) {
    const left = leave(sealed, [target], tick);
    return { room: left.room, traffic: charged, out: [...sendAway(room, [refused], refusal), ...left.out] };
  }
  const verdicts = [...without(founding.refused, [refusal]), refusal];
  const noted: Room = { ...sealed, founding: { ...founding, refused: verdicts } };
  return { ...introduce(noted, tick), traffic: charged };
}

type Adopted = Extract<Founding, { kind: 'adopted' }>;

/** The host is 1, ids are given once, and nobody's changes. */
function areConsistent(room: Room, founding: Adopted, players: readonly ListedPlayer[]): boolean {
  const ids = players.map(({ peerId }) => peerId);
  const host = players.find(({ sessionId }) => sessionId === founding.hostSessionId);
  if (!ids.every(isPeerId) || new Set(ids).size !== ids.length || host === undefined || !isHost(host))
    return false;
  const given = peerIdsIn(room, founding);
  const { lastPeerId } = room;
  return players.every(({ sessionId, peerId }) => {
    const known = given.get(sessionId);
    return known === undefined || (known === 0 ? peerId > lastPeerId : peerId === known);
  });
}

/** Of every member; 0 while they have none. Read once, since a host may list many. */
function peerIdsIn({ members }: Room, { granted }: Adopted): ReadonlyMap<string, number> {
  return new Map([...members, ...granted].map(({ sessionId, peerId }) => [sessionId, peerId]));
}

/** A member whose version was known before the host's was. */
function misfitAmong(room: Room, { sessionId }: ListedPlayer): HostRefusal[] {
  const version = memberOf(room, sessionId)?.version ?? null;
  const refusal = version === null ? null : refuseVersion(room, version);
  return refusal === null ? [] : [{ ...refusal, sessionId }];
}

function refusalCodeOf(code: number | null, reason: string): RefusalCode {
  if (code === JoinErrorCode.FULL || (code === null && reason.includes('full'))) return 'match-full';
  if (code === JoinErrorCode.CLIENT_VERSION) return 'version-mismatch';
  return code === JoinErrorCode.ALREADY_BEGUN || reason.includes('begun') ? 'match-sealed' : 'not-invited';
}
