import type { Link, LinkState } from '../protocol/room-view.ts';
import { playersOf } from './queries.ts';
import { bySessionId, type LinkReport, type Member, type Room } from './room.ts';

/** The links that are reported on: of every two players of whom one announced itself. */
export function linksOf(room: Room): Link[] {
  const reports = reportsIn(room);
  return watchedPairs(room).map(([a, b]) => ({
    a: a.sessionId,
    b: b.sessionId,
    state: stateOf(reports, a, b),
  }));
}

/** Whether every two players are connected, as far as the server can know, when these are their links. */
export function areConnected(links: readonly Link[]): boolean {
  return links.every(({ state }) => state === 'connected');
}

/** What a member says of its link to another, in the place of what it said before. */
export function reportLink(room: Room, report: LinkReport): Room {
  const known = room.links.find((other) => isSameEnd(other, report));
  if (known?.state === report.state) return room;
  return { ...room, links: [...room.links.filter((other) => !isSameEnd(other, report)), report] };
}

/** Links that took too long have failed, until they are reported connected. */
export function giveUpLinks(room: Room, tick: number): Room {
  const reports = reportsIn(room);
  const overdue = watchedPairs(room).filter(
    ([a, b]) =>
      stateOf(reports, a, b) === 'connecting' && tick - Math.max(a.since, b.since) >= room.rules.linkTicks,
  );
  const silent = overdue.flatMap(([a, b]) =>
    endsOf(a, b).filter(([from, peer]) => reportOf(reports, from, peer) !== 'connected'),
  );
  return silent.reduce(
    (before, [from, peer]) =>
      reportLink(before, { from: from.sessionId, peer: peer.sessionId, state: 'failed' }),
    room,
  );
}

type End = Pick<Member, 'sessionId' | 'announced' | 'since'>;
type Pair = readonly [End, End];

/** What members said last of their links, by both session ids. */
type Reports = ReadonlyMap<string, LinkState>;

/** Read once: every field of a stored room is converted anew at each reading, and pairs are many. */
function reportsIn(room: Room): Reports {
  return new Map(room.links.map(({ from, peer, state }) => [`${from} ${peer}`, state]));
}

function watchedPairs(room: Room): Pair[] {
  const players = playersOf(room)
    .map(({ sessionId, announced, since }): End => ({ sessionId, announced, since }))
    .sort(bySessionId);
  return players.flatMap((a, index) =>
    players.slice(index + 1).flatMap((b): Pair[] => (a.announced || b.announced ? [[a, b]] : [])),
  );
}

/** Connected when all say so who can, failed when one does. */
function stateOf(reports: Reports, a: End, b: End): LinkState {
  const states = endsOf(a, b).map(([from, peer]) => reportOf(reports, from, peer));
  if (states.includes('failed')) return 'failed';
  return states.every((state) => state === 'connected') ? 'connected' : 'connecting';
}

/** The ends of a link that report on it, each with its peer. */
function endsOf(a: End, b: End): Pair[] {
  const ends: Pair[] = [
    [a, b],
    [b, a],
  ];
  return ends.filter(([from]) => from.announced);
}

function reportOf(reports: Reports, from: End, peer: End): LinkState {
  return reports.get(`${from.sessionId} ${peer.sessionId}`) ?? 'connecting';
}

function isSameEnd(one: LinkReport, other: LinkReport): boolean {
  return one.from === other.from && one.peer === other.peer;
}
