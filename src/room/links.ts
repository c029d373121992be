import type { Link, LinkState } from '../protocol/room-view.ts';
import { memberOf, playersOf } from './queries.ts';
import { bySessionId, type LinkReports, type Member, type News, type Room } from './room.ts';

/** The links that are reported on: of every two players of whom one announced itself. */
export function linksOf(room: Room): Link[] {
  const reports = reportsIn(room);
  return watchedPairs(room).map(([a, b]) => ({
    a: a.sessionId,
    b: b.sessionId,
    state: stateOf(reports, a, b),
  }));
}

/**
 * Whether every two players are connected, as far as the server can know. As only players report, and only of
 * players, and of each other once, it is enough to count.
 */
export function areConnected({ members, links }: Room): boolean {
  const players = members.filter(({ introduced }) => introduced);
  const reporting = players.filter(({ announced }) => announced);
  const connected = links.reduce((sum, reports) => sum + reports.connected.length, 0);
  return connected === reporting.length * (players.length - 1);
}

/** Whether time alone may yet make a link fail. */
export function areLinksPending(room: Room): boolean {
  if (areConnected(room)) return false;
  const reports = reportsIn(room);
  return watchedPairs(room).some(([a, b]) => stateOf(reports, a, b) === 'connecting');
}

/** What a player says of its link to another, in the place of what it said before. */
export function reportLink(
  room: Room,
  { from, peer, state }: { readonly from: string; readonly peer: string; readonly state: LinkState },
  tick: number,
): Room {
  const said = saidBy(room, from);
  const before = stateIn(said, peer);
  if (before === state) return room;
  const links = [...room.links.filter((one) => one.from !== from), saying(said, peer, state)];
  const reported: Room = { ...room, links };
  const other = memberOf(room, peer)?.announced ? stateIn(saidBy(room, peer), from) : null;
  return withNews(reported, newsOf(room, reported, stateFrom(before, other), stateFrom(state, other)), tick);
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
      reportLink(before, { from: from.sessionId, peer: peer.sessionId, state: 'failed' }, tick),
    room,
  );
}

/** Without what was said by those who are gone, and of them. */
export function forgetLinks(
  links: readonly LinkReports[],
  isGone: (sessionId: string) => boolean,
): LinkReports[] {
  const staying = (peers: readonly string[]) => peers.filter((peer) => !isGone(peer));
  return links
    .filter(({ from }) => !isGone(from))
    .map(({ from, connected, failed }) => ({ from, connected: staying(connected), failed: staying(failed) }))
    .filter(({ connected, failed }) => connected.length + failed.length > 0);
}

/** What matters is told at once: a link that failed, and that all are connected, or no longer. */
function newsOf(before: Room, after: Room, was: LinkState, is: LinkState): News {
  if (was === is) return 'none';
  const mayChangeAll = was === 'connected' || is === 'connected';
  const isUrgent = is === 'failed' || (mayChangeAll && areConnected(before) !== areConnected(after));
  return isUrgent ? 'now' : 'later';
}

/** At once only once a tick: what a room of many is told costs it more than any message may. */
function withNews(room: Room, news: News, tick: number): Room {
  if (news === 'none' || room.untold === 'now') return room;
  if (news === 'later' || room.toldAt === tick) return { ...room, untold: 'later' };
  return { ...room, untold: 'now', toldAt: tick };
}

type End = Pick<Member, 'sessionId' | 'announced' | 'since'>;
type Pair = readonly [End, End];

/** What members said last of their links, by session ids. */
type Reports = ReadonlyMap<string, LinkReports>;

/** Read once: every field of a stored room is converted anew at each reading, and pairs are many. */
function reportsIn(room: Room): Reports {
  return new Map(
    room.links.map(({ from, connected, failed }) => [
      from,
      { from, connected: [...connected], failed: [...failed] },
    ]),
  );
}

function saidBy(room: Room, sessionId: string): LinkReports {
  return room.links.find(({ from }) => from === sessionId) ?? { from: sessionId, connected: [], failed: [] };
}

function saying({ from, connected, failed }: LinkReports, peer: string, state: LinkState): LinkReports {
  const isOther = (one: string) => one !== peer;
  return {
    from,
    connected: [...connected.filter(isOther), ...(state === 'connected' ? [peer] : [])],
    failed: [...failed.filter(isOther), ...(state === 'failed' ? [peer] : [])],
  };
}

function stateIn({ connected, failed }: LinkReports, peer: string): LinkState {
  return connected.includes(peer) ? 'connected' : failed.includes(peer) ? 'failed' : 'connecting';
}

function watchedPairs(room: Room): Pair[] {
  const players = playersOf(room)
    .map(({ sessionId, announced, since }): End => ({ sessionId, announced, since }))
    .sort(bySessionId);
  return players.flatMap((a, index) =>
    players.slice(index + 1).flatMap((b): Pair[] => (a.announced || b.announced ? [[a, b]] : [])),
  );
}

function stateOf(reports: Reports, a: End, b: End): LinkState {
  const [one, other] = endsOf(a, b).map(([from, peer]) => reportOf(reports, from, peer));
  return stateFrom(one ?? 'connecting', other ?? null);
}

/** Connected when all say so who can, failed when one does; null of who cannot. */
function stateFrom(one: LinkState, other: LinkState | null): LinkState {
  if (one === 'failed' || other === 'failed') return 'failed';
  return one === 'connected' && other !== 'connecting' ? 'connected' : 'connecting';
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
  const said = reports.get(from.sessionId);
  return said === undefined ? 'connecting' : stateIn(said, peer.sessionId);
}
