import { forgetHeld } from './held.ts';
import { forgetLinks } from './links.ts';
import { type Founding, type Identity, type Member, type Recipient, type Room, without } from './room.ts';

/** Somebody with a reserved seat. */
export function newMember(
  who: Recipient,
  { version, announced, asked }: Pick<Member, 'version' | 'announced' | 'asked'>,
  tick: number,
): Member {
  const { sessionId, userId, username, node } = who;
  return {
    sessionId,
    userId,
    username,
    node,
    version,
    announced,
    asked,
    peerId: 0,
    spectator: false,
    joined: false,
    heard: false,
    tracked: false,
    introduced: false,
    dialect: null,
    since: tick,
  };
}

/**
 * The room with the members that `update` gives anew; null means unchanged, and the very room comes back
 * when all are: an unchanged state costs nothing to hand back to Nakama.
 */
export function updateMembers(room: Room, update: (member: Member) => Member | null): Room {
  const updates = room.members.map(update);
  if (updates.every((updated) => updated === null)) return room;
  return { ...room, members: room.members.map((member, index) => updates[index] ?? member) };
}

/** The room without them, without what waited for them or from them, and without what an adopted room's host said of them. */
export function removeMembers(room: Room, gone: readonly Member[], tick: number): Room {
  const members = without(room.members, gone);
  const isGone = (sessionId: string) => gone.some((one) => one.sessionId === sessionId);
  const held = forgetHeld(room.held, isGone);
  const links = forgetLinks(room.links, isGone);
  const founding = forgetVerdicts(room.founding, gone);
  return {
    ...room,
    founding,
    members,
    held,
    links,
    emptySince: members.length === 0 ? tick : room.emptySince,
  };
}

/** Whoever comes again is for an adopted room's host to judge again. */
export function forgetVerdicts(founding: Founding, whom: readonly Identity[]): Founding {
  if (founding.kind !== 'adopted') return founding;
  return {
    ...founding,
    granted: without(founding.granted, whom),
    refused: without(founding.refused, whom),
  };
}
