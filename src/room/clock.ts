import { type Refusal, refuse } from '../protocol/refusal.ts';
import { HOST_LEFT, sendAway, tellRefusal } from './farewell.ts';
import { dismiss, introduce } from './introduction.ts';
import { giveUpLinks } from './links.ts';
import { removeMembers, updateMembers } from './members.ts';
import { leave } from './presence.ts';
import { isAdoptedHost, isConfirmed, isHost, memberOf, playersOf } from './queries.ts';
import { type Invitation, type Member, type Out, type Room, type Step, without } from './room.ts';

/**
 * The members whom to look for in Nakama's stream: those of whom the room has yet to learn that they are
 * tracked or have their reply, and an adopted room's host, of whose leaving Nakama tells nothing.
 */
export function watchedOf(room: Room): readonly Member[] {
  return room.members.filter(
    (member) => (member.joined && !(member.tracked && member.heard)) || isAdoptedHost(room, member),
  );
}

/** Time goes on: `tracked` are those of `watchedOf` whom Nakama tracks by now. */
export function elapse(room: Room, tracked: readonly string[], tick: number): Step {
  const steps: readonly ((room: Room) => Step)[] = [
    tellUnsure,
    (before) => missHost(before, tracked, tick),
    (before) => introduce(giveUpCreator(track(before, tracked, tick), tick), tick),
    (before) => giveUpSeats(before, tick),
    (before) => giveUpNoShows(before, tick),
    (before) => ({ room: giveUpLinks(before, tick), out: [] }),
  ];
  return steps.reduce<Step>(
    (before, step) => {
      const after = step(before.room);
      return { room: after.room, out: [...before.out, ...after.out] };
    },
    { room, out: [] },
  );
}

/** Whoever is tracked on the second tick after his join has the reply, even if nothing was heard of him. */
function track(room: Room, tracked: readonly string[], tick: number): Room {
  return updateMembers(room, (member) => {
    if (!tracked.includes(member.sessionId)) return null;
    const heard = member.heard || tick > member.since;
    return member.tracked && member.heard === heard ? null : { ...member, tracked: true, heard };
  });
}

function missHost(room: Room, tracked: readonly string[], tick: number): Step {
  const host = room.members.find((member) => isAdoptedHost(room, member));
  if (host === undefined || !host.heard || tracked.includes(host.sessionId)) return { room, out: [] };
  return leave(room, [host.sessionId], tick);
}

/**
 * Of those who may not know that the host left, whoever is still here does not. Not at once: the addon leaves at
 * the first word of it, and stumbles over a second.
 */
function tellUnsure(room: Room): Step {
  if (room.unsureOfHost.length === 0) return { room, out: [] };
  const unsure = room.members.filter(({ sessionId }) => room.unsureOfHost.includes(sessionId));
  return {
    room: { ...room, unsureOfHost: [] },
    out: unsure.map((to) => tellRefusal(room, to, HOST_LEFT)),
  };
}

/** A creator who does not come loses his seat and peer id 1: the room elects. */
function giveUpCreator(room: Room, tick: number): Room {
  const isDue = room.founding.kind === 'created' && room.lastPeerId === 0 && tick >= room.rules.creatorTicks;
  return isDue ? { ...room, founding: { kind: 'elected' } } : room;
}

/** Seats of those who never came: reserved and not taken, or taken by a session that Nakama does not track. */
function giveUpSeats(room: Room, tick: number): Step {
  const noShows = room.members.filter(
    (member) => !member.tracked && tick - member.since >= room.rules.seatTicks,
  );
  if (noShows.length === 0) return { room, out: [] };
  const left = leave(
    room,
    noShows.map(({ sessionId }) => sessionId),
    tick,
  );
  const kicks = noShows.filter(({ joined }) => joined).map((to): Out => ({ type: 'kick', to }));
  return { room: left.room, out: [...left.out, ...kicks] };
}

/**
 * Matched players who do not come are given up, so that the others can play; or nobody can, and all are told,
 * as soon as everybody who is on his way in can be.
 */
function giveUpNoShows(room: Room, tick: number): Step {
  const { founding, rules } = room;
  if (founding.kind !== 'matched' || tick < rules.noShowTicks) return { room, out: [] };
  const missing = founding.invitations.filter(({ sessionId }) => memberOf(room, sessionId) === null);
  if (missing.length === 0) return { room, out: [] };

  const invitations = without(founding.invitations, missing);
  const absent = [...founding.absent, ...missing];
  const hopeless = hopelessWithout(room, missing, invitations);
  if (hopeless !== null && !room.members.every(isConfirmed)) return { room, out: [] };
  if (hopeless === null) {
    return {
      room: { ...room, founding: { ...founding, invitations, absent } },
      out: dismiss(playersOf(room), missing),
    };
  }
  return {
    room: { ...removeMembers(room, room.members, tick), founding: { ...founding, invitations: [], absent } },
    out: sendAway(room, hostLast(room.members), hopeless),
  };
}

/** Why nobody can play without the missing, or null. A game that has begun goes on with whom it has. */
function hopelessWithout(
  room: Room,
  missing: readonly Invitation[],
  left: readonly Invitation[],
): Refusal | null {
  if (room.sealedBy !== null) return null;
  if (missing.some(isHost)) return refuse('host-left', 'The host of this match never came.');
  if (left.length >= room.rules.minPlayers) return null;
  return refuse('too-few-players', 'Too few of the matched players came.');
}

/** So that no leave of the host reaches anybody who is on his way out. */
function hostLast(members: readonly Member[]): Member[] {
  return [...members.filter((member) => !isHost(member)), ...members.filter(isHost)];
}
