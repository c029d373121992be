import type { Dialect } from '../protocol/dialects/dialect.ts';
import { updateMembers } from './members.ts';
import type { Language, Member, Room } from './room.ts';

// Who decides what a room speaks. Of a room made by RPC, whoever made it. Of an adopted room, its host alone: what
// a joiner says changes nothing. Matched players need no common language, each is answered in their own.

/**
 * Whether the room is as Nakama's relayed match would be: nobody gives peer ids, everybody who came is in, and
 * no seat and no host matters. So is every adopted room until its host speaks the addon's language.
 */
export function isLikeRelayed({ founding, language }: Room): boolean {
  return founding.kind === 'adopted' && (language === null || language === 'plain');
}

/** The room after its host was heard to speak this. Whoever came in as into a relayed match now waits for their word. */
export function speaking(room: Room, language: Language): Room {
  if (room.language === language) return room;
  const spoken: Room = { ...room, language };
  if (!isLikeRelayed(room) || isLikeRelayed(spoken)) return spoken;
  const members = room.members.map((member) =>
    member.peerId === 0 ? { ...member, introduced: false } : member,
  );
  return { ...spoken, members };
}

/** A client that knows this server is never left in another game's match. */
export function mayBePlain({ members }: Room): boolean {
  return !members.some(({ announced }) => announced);
}

/** The room after a matched player was heard to speak a dialect: JSON may be A as well as R, which are alike to them. */
export function speakingAs(room: Room, from: Member, dialect: Dialect | null): Room {
  if (room.founding.kind !== 'matched' || from.dialect !== null) return room;
  return updateMembers(room, (member) =>
    member.sessionId === from.sessionId ? { ...member, dialect: dialect ?? 'A' } : null,
  );
}

/** In which dialect to speak to a member, or to somebody who is none. */
export function dialectFor({ language }: Room, to: Pick<Member, 'dialect'> | null): Dialect {
  return language === null || language === 'plain' ? (to?.dialect ?? 'A') : language;
}
