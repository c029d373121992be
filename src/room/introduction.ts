import type { Refusal } from '../protocol/refusal.ts';
import { refuseVersion } from './admission.ts';
import { HOST_LEFT, sendAway } from './farewell.ts';
import { releaseHeld } from './held.ts';
import { dialectFor, isLikeRelayed } from './language.ts';
import { removeMembers } from './members.ts';
import { creatorOf, hostOf, isConfirmed, playersOf, versionOf } from './queries.ts';
import { bySessionId, type Identity, type Member, type Out, type Room, type Step, without } from './room.ts';

/**
 * Lets in the members who wait and can be let in now, with their peer ids, and tells everybody. Run after
 * whatever may have confirmed a member or changed who decides; it does nothing when there is nothing to do.
 */
export function introduce(room: Room, tick: number): Step {
  const waiting = room.members.filter((one) => isConfirmed(one) && isForJudgement(room, one));
  if (waiting.length === 0) return { room, out: [] };
  const judged = turnAway(withVersion(room, waiting), waiting, tick);
  const welcomed = welcome(judged.room, newcomersAmong(judged.room, judged.left), tick);
  return { room: welcomed.room, out: [...judged.out, ...welcomed.out] };
}

/** Joiners of dialect R ask first, except where an adopted room's host knows of them from Nakama. */
function isForJudgement({ founding }: Room, { introduced, asked }: Member): boolean {
  return !introduced && (asked || founding.kind === 'adopted');
}

/** The version is fixed when the first ones come in, before which only the creator can name one. */
function withVersion(room: Room, waiting: readonly Member[]): Room {
  const { founding, version, lastPeerId, rules } = room;
  if (version !== null || lastPeerId > 0 || (founding.kind !== 'created' && founding.kind !== 'elected'))
    return room;
  const canBegin = firstInLine(room, waiting).length > 0;
  return canBegin ? { ...room, version: versionOf(room) ?? rules.defaultVersion } : room;
}

/** Sends away who cannot play; `left` are the others. */
function turnAway(
  room: Room,
  waiting: readonly Member[],
  tick: number,
): Step & { readonly left: readonly Member[] } {
  const refusals = waiting.map((who) => ({ who, refusal: refusalOf(room, who) }));
  const refused = refusals.flatMap(({ who, refusal }) => (refusal === null ? [] : [{ who, refusal }]));
  if (refused.length === 0) return { room, out: [], left: waiting };
  const gone = refused.map(({ who }) => who);
  return {
    room: removeMembers(room, gone, tick),
    out: refused.flatMap(({ who, refusal }) => sendAway(room, [who], refusal)),
    left: without(waiting, gone),
  };
}

function refusalOf(room: Room, member: Member): Refusal | null {
  const { founding } = room;
  if (room.hostLeft || (isAddon(member) && isLikeRelayed(room) && hostOf(room) === null)) return HOST_LEFT;
  if (founding.kind !== 'adopted') return misfitOf(room, member);
  return founding.refused.find(({ sessionId }) => sessionId === member.sessionId) ?? null;
}

/** Known to wait for a host's word, which players of other games do not. */
function isAddon({ announced, asked }: Member): boolean {
  return announced || asked;
}

/** Somebody who came before the creator did, and whose version is another. */
function misfitOf(room: Room, { version }: Member): Refusal | null {
  return version === null || room.version === null ? null : refuseVersion(room, version);
}

/** Those of the waiting who can come in now, each with his peer id. */
function newcomersAmong(room: Room, waiting: readonly Member[]): Member[] {
  const { founding, lastPeerId, language } = room;
  if (founding.kind === 'matched') return withIdsOf(waiting, founding.invitations);
  if (language === 'plain') return waiting.filter(({ announced }) => !announced);
  if (isLikeRelayed(room)) return waiting.filter((one) => !isAddon(one));
  if (founding.kind === 'adopted') return withIdsOf(waiting, founding.granted);
  const order = lastPeerId > 0 ? waiting : firstInLine(room, waiting);
  return order.map((member, index) => ({ ...member, peerId: lastPeerId + 1 + index }));
}

function withIdsOf(
  waiting: readonly Member[],
  given: readonly { readonly sessionId: string; readonly peerId: number }[],
): Member[] {
  return waiting.flatMap((member) => {
    const entry = given.find(({ sessionId }) => sessionId === member.sessionId);
    return entry === undefined ? [] : [{ ...member, peerId: entry.peerId }];
  });
}

/** The waiting in the order of the first peer ids, host first; nobody while the room cannot have a host. */
function firstInLine(room: Room, waiting: readonly Member[]): readonly Member[] {
  if (room.founding.kind === 'created') {
    const creator = creatorOf(room);
    const isHere = creator !== null && without([creator], waiting).length === 0;
    return isHere ? [creator, ...without(waiting, [creator])] : [];
  }
  return waiting.length < room.rules.minPlayers ? [] : [...waiting].sort(bySessionId);
}

function welcome(room: Room, newcomers: readonly Member[], tick: number): Step {
  if (newcomers.length === 0) return { room: room.entered ? room : { ...room, entered: true }, out: [] };
  const introduced: Room = {
    ...room,
    entered: true,
    introducedAt: tick,
    lastPeerId: Math.max(room.lastPeerId, ...newcomers.map(({ peerId }) => peerId)),
    members: room.members.map((member) => {
      const newcomer = newcomers.find(({ sessionId }) => sessionId === member.sessionId);
      return newcomer === undefined ? member : { ...newcomer, introduced: true, since: tick };
    }),
  };
  const told = tellOf(introduced, newcomers);
  const released = releaseHeld(told.room);
  return { room: released.room, out: [...told.out, ...released.out] };
}

/** In a match that is like a relayed one, Nakama itself tells who is here. */
function tellOf(room: Room, newcomers: readonly Member[]): Step {
  if (isLikeRelayed(room)) return { room, out: [] };
  return room.founding.kind === 'matched' ? announce(room, newcomers) : present(room, newcomers);
}

/**
 * Who is here, to each newcomer, then to the others, so that everybody knows a newcomer before his first
 * message. An adopted room's host has said it himself.
 */
function present(room: Room, newcomers: readonly Member[]): Step {
  const clientVersion = versionOf(room) ?? room.rules.defaultVersion;
  const players = playersOf(room);
  const host = room.founding.kind === 'adopted' ? [{ sessionId: room.founding.hostSessionId }] : [];
  const arrived = players.filter((player) => without([player], newcomers).length === 0);
  const out = [...arrived, ...without(players, [...newcomers, ...host])].map(
    (to): Out => ({
      type: 'join-success',
      to,
      dialect: dialectFor(room, to),
      players: [to, ...without(players, [to])],
      clientVersion,
    }),
  );
  return { room: { ...room, version: clientVersion }, out };
}

/**
 * Presences, for matched clients, which go by these. Nakama lists presences before it tracks a joiner, so that two
 * who join at once can miss each other: tell both again.
 */
function announce(room: Room, newcomers: readonly Member[]): Step {
  const players = playersOf(room);
  const absent = room.founding.kind === 'matched' ? room.founding.absent : [];
  const out = players.flatMap((to) => {
    const isNew = newcomers.some(({ sessionId }) => sessionId === to.sessionId);
    const joins = without(isNew ? players : newcomers, [to]);
    const joined: Out[] = joins.length === 0 ? [] : [{ type: 'presences', to, joins, leaves: [] }];
    return isNew ? [...joined, ...dismiss([to], absent)] : joined;
  });
  return { room, out };
}

/**
 * Tells members that matched players will not play. Clients know them from the matchmaker and wait for them;
 * of somebody who never joined, they understand a leave only with a join before it.
 */
export function dismiss(members: readonly Member[], absent: readonly Identity[]): Out[] {
  if (absent.length === 0) return [];
  return members.map((to) => ({ type: 'presences', to, joins: absent, leaves: absent }));
}
