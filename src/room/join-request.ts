import type { JoinRequest } from '../protocol/join-request.ts';
import { refuse } from '../protocol/refusal.ts';
import { refuseVersion } from './admission.ts';
import { charge } from './budget.ts';
import { sendAway } from './farewell.ts';
import { introduce } from './introduction.ts';
import { removeMembers, updateMembers } from './members.ts';
import { hostOf, isHost } from './queries.ts';
import type { Member, Room } from './room.ts';
import { drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/** A joiner of dialect R asks to be let in: an adopted room's host decides, else the server. */
export function askToBeLetIn(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  request: JoinRequest,
  tick: number,
): TrafficStep {
  const host = hostOf(room);
  if (room.founding.kind === 'adopted' && host !== null && !isHost(from)) {
    const uses = charge(room, traffic.uses, from, 'description', tick);
    if (uses === null) return drop(room, traffic, 'over-budget');
    const { opCode, payload } = message;
    const judged = introduce(asking(room, from, { since: tick }), tick);
    return {
      room: judged.room,
      traffic: { ...traffic, uses, relayed: traffic.relayed + 1 },
      out: [{ type: 'data', to: host, from, opCode, payload }, ...judged.out],
    };
  }
  if (room.language !== 'R' || from.introduced) return drop(room, traffic, 'unknown-opcode');

  const version = request.clientVersion ?? from.version;
  const refusal =
    (from.version !== null && version !== from.version
      ? refuse('bad-request', 'You named two client versions.')
      : null) ?? refuseVersion(room, version);
  if (refusal !== null) {
    return {
      room: removeMembers(room, [from], tick),
      traffic,
      out: sendAway(room, [from], refusal),
    };
  }
  const asked = asking(room, from, { version, spectator: request.spectator });
  return { ...introduce(asked, tick), traffic };
}

function asking(room: Room, { sessionId }: Member, known: Partial<Member>): Room {
  return updateMembers(room, (member) =>
    member.sessionId === sessionId && member.peerId === 0
      ? { ...member, ...known, asked: true, introduced: false }
      : null,
  );
}
