import type { Link, LinkState } from '../protocol/room-view.ts';
import { playersOf } from './queries.ts';
import { bySessionId, type LinkReport, type Member, type Room } from './room.ts';

/** The links that are reported on: of every two players of whom one announced itself. */
export function linksOf(room: Room): Link[] {
  return watchedPairs(room).map(([a, b]) => ({ a: a.sessionId, b: b.sessionId, state: stateOf(room, a, b) }));
}

/** Whether every two players are connected, as far as the server can know. */
export function areConnected(room: Room): boolean {
  return watchedPairs(room).every(([a, b]) => stateOf(room, a, b) === 'connected');
}

/** What a member says of its link to another, in the place of what it said before. */
export function reportLink(room: Room, report: LinkReport): Room {
  const known = room.links.find((other) => isSameEnd(other, report));
  if (known?.state === report.state) return room;
  return { ...room, links: [...room.links.filter((other) => !isSameEnd(other, report)), report] };
}

/** Links that took too long have failed, until they are reported connected. */
export function giveUpLinks(room: Room, tick: number): Room {
  const overdue = watchedPairs(room).filter(
    ([a, b]) =>
      stateOf(room, a, b) === 'connecting' && tick - Math.max(a.since, b.since) >= room.rules.linkTicks,
  );
  const silent = overdue.flatMap(([a, b]) =>
    endsOf(a, b).filter(([from, peer]) => reportOf(room, from, peer) !== 'connected'),
  );
  return silent.reduce(
    (before, [from, peer]) =>
      reportLink(before, { from: from.sessionId, peer: peer.sessionId, state: 'failed' }),
    room,
  );
}

type Pair = readonly [Member, Member];

function watchedPairs(room: Room): Pair[] {
  const players = [...playersOf(room)].sort(bySessionId);
  return players.flatMap((a, index) =>
    players.slice(index + 1).flatMap((b): Pair[] => (a.announced || b.announced ? [[a, b]] : [])),
  );
}

/** Connected when all say so who can, failed when one does. */
function stateOf(room: Room, a: Member, b: Member): LinkState {
  const reports = endsOf(a, b).map(([from, peer]) => reportOf(room, from, peer));
  if (reports.includes('failed')) return 'failed';
  return reports.every((report) => report === 'connected') ? 'connected' : 'connecting';
}

/** The ends of a link that report on it, each with its peer. */
function endsOf(a: Member, b: Member): Pair[] {
  const ends: Pair[] = [
    [a, b],
    [b, a],
  ];
  return ends.filter(([from]) => from.announced);
}

function reportOf(room: Room, { sessionId }: Member, peer: Member): LinkState {
  const report = room.links.find((one) => one.from === sessionId && one.peer === peer.sessionId);
  return report?.state ?? 'connecting';
}

function isSameEnd(one: LinkReport, other: LinkReport): boolean {
  return one.from === other.from && one.peer === other.peer;
}
