import { HOST_LEFT, sendAway } from './farewell.ts';
import { releaseHeld } from './held.ts';
import { creatorOf, isConfirmed, isIntroduced, playersOf, versionOf } from './queries.ts';
import { bySessionId, type Identity, type Member, type Out, type Room, type Step, without } from './room.ts';

/**
 * Gives peer ids to the confirmed members that can have one now, and tells everybody. Run after whatever
 * may have confirmed a member or changed who leads; it does nothing when there is nothing to do.
 */
export function introduce(room: Room, tick: number): Step {
  const waiting = room.members.filter((member) => isConfirmed(member) && !isIntroduced(member));
  if (waiting.length === 0) return { room, out: [] };
  if (room.hostLeft) return turnAway(room, waiting);

  const peerIds = peerIdsFor(room, waiting);
  if (peerIds.size === 0) return { room: room.entered ? room : { ...room, entered: true }, out: [] };

  const introduced: Room = {
    ...room,
    entered: true,
    introducedAt: tick,
    lastPeerId: Math.max(room.lastPeerId, ...peerIds.values()),
    members: room.members.map((member) => {
      const peerId = peerIds.get(member.sessionId);
      return peerId === undefined ? member : { ...member, peerId, since: tick };
    }),
  };
  const newcomers = introduced.members.filter(({ sessionId }) => peerIds.has(sessionId));
  const announced =
    introduced.founding.kind === 'matched'
      ? { room: introduced, out: announce(introduced, introduced.founding.absent, newcomers) }
      : present(introduced, newcomers);
  const released = releaseHeld(announced.room);
  return { room: released.room, out: [...announced.out, ...released.out] };
}

/** Peer ids by session id; empty while the waiting have to wait on. */
function peerIdsFor(room: Room, waiting: readonly Member[]): Map<string, number> {
  if (room.founding.kind === 'matched') {
    const waitingIds = new Set(waiting.map(({ sessionId }) => sessionId));
    const invited = room.founding.invitations.filter(({ sessionId }) => waitingIds.has(sessionId));
    return new Map(invited.map(({ sessionId, peerId }) => [sessionId, peerId]));
  }
  const order = room.lastPeerId > 0 ? waiting : firstInLine(room, waiting);
  return new Map(order.map(({ sessionId }, index) => [sessionId, room.lastPeerId + 1 + index]));
}

/** The waiting in the order of the first peer ids, host first; nobody while the room cannot have a host. */
function firstInLine(room: Room, waiting: readonly Member[]): readonly Member[] {
  if (room.founding.kind === 'created') {
    const creator = creatorOf(room);
    if (creator === null || !isConfirmed(creator)) return [];
    return [creator, ...without(waiting, [creator])];
  }
  return waiting.length < room.rules.minPlayers ? [] : [...waiting].sort(bySessionId);
}

/** A 9002 to each newcomer, then to the others: everybody knows a newcomer before his first message. */
function present(room: Room, newcomers: readonly Member[]): Step {
  const clientVersion = versionOf(room) ?? room.rules.defaultVersion;
  const players = playersOf(room);
  const out = [...newcomers, ...without(players, newcomers)].map(
    (to): Out => ({ type: 'join-success', to, players: [to, ...without(players, [to])], clientVersion }),
  );
  return { room: { ...room, version: clientVersion }, out };
}

/**
 * Matched players know each other's peer ids from the matchmaker and want presences. Nakama lists
 * presences before it tracks a joiner, so that two who join at once can miss each other: tell both again.
 */
function announce(room: Room, absent: readonly Identity[], newcomers: readonly Member[]): Out[] {
  const players = playersOf(room);
  return players.flatMap((to) => {
    const isNew = newcomers.some(({ sessionId }) => sessionId === to.sessionId);
    const joins = without(isNew ? players : newcomers, [to]);
    const joined: Out[] = joins.length === 0 ? [] : [{ type: 'presences', to, joins, leaves: [] }];
    return isNew ? [...joined, ...dismiss([to], absent)] : joined;
  });
}

/**
 * Tells members that matched players will not play. Clients know them from the matchmaker and wait for them;
 * of somebody who never joined, they understand a leave only with a join before it.
 */
export function dismiss(members: readonly Member[], absent: readonly Identity[]): Out[] {
  if (absent.length === 0) return [];
  return members.map((to) => ({ type: 'presences', to, joins: absent, leaves: absent }));
}

/** Those who came in just as the host left: told so and sent away, since a match without a host never begins. */
function turnAway(room: Room, late: readonly Member[]): Step {
  return { room: { ...room, members: without(room.members, late) }, out: sendAway(late, HOST_LEFT) };
}
