import type { LinkReported, LinkState } from '../../protocol/link-report.ts';
import type { Link } from '../../protocol/snapshot.ts';
import { noteSilence } from '../host/silence.ts';
import type { LinkNews, LinkReports, Room } from '../room.ts';
import { bySessionId, isIntroduced, isPlayer, type Seat } from '../seats/seat.ts';
import { playersHere, playersOf, seatMeant, seatWith, updateSeats } from '../seats/seats.ts';
import type { RoomState } from '../step.ts';
import { charge } from './budget.ts';
import { drop, type Received, taken } from './received.ts';

/** The links that are reported on: of every two players of whom one announced itself. */
export function linksOf(room: Room): Link[] {
  return watchedPairs(room).map(([a, b]) => ({ a: a.sessionId, b: b.sessionId, state: stateOf(a, b) }));
}

/**
 * Whether every two players are connected, as far as the server can know. As only players report, and only of
 * players, and of each other once, it is enough to count.
 */
export function areConnected(room: Room): boolean {
  const players = playersHere(room);
  const reporting = players.filter(({ announced }) => announced);
  const connected = linksHere(room).reduce((sum, reports) => sum + reports.connected.length, 0);
  return connected === reporting.length * (players.length - 1);
}

/** What was said by those who are here, and of them. */
function linksHere({ seats, links }: Room): readonly LinkReports[] {
  const away = seats.filter((seat) => seat.away !== null).map(({ id }) => id);
  return away.length === 0 ? links : forgetLinks(links, (seat) => away.includes(seat));
}

/** Those who are here and say that they have a link to this seat, at whose end the game answers. */
export function seatsLinkedTo(room: Room, seat: number): number[] {
  const { host } = room;
  const isHost = room.seats.some(({ id, peerId }) => id === seat && peerId === host?.peerId);
  const silentTo = isHost ? (host?.silentTo ?? []) : [];
  const here = new Set(playersHere(room).map(({ id }) => id));
  return room.links
    .filter(({ from, connected }) => here.has(from) && connected.includes(seat) && !silentTo.includes(from))
    .map(({ from }) => from);
}

/** Whether time alone may yet make a link fail. */
export function areLinksPending(room: Room): boolean {
  return !areConnected(room) && pairsHere(room).some(([a, b]) => stateOf(a, b) === 'connecting');
}

/** An announced player says how far their link to another is. */
export function receiveLinkReport(
  state: RoomState,
  from: Seat,
  { peer, state: linkState, silent }: LinkReported,
  tick: number,
): Received {
  if (!from.announced || !isIntroduced(from)) return drop(state, 'unknown-opcode');
  const to = seatMeant(state.room, peer);
  if (to === null || !isPlayer(to)) return drop(state, 'no-such-target');
  if (to.id === from.id) return drop(state, 'self-target');
  const charged = charge(state, from, 'report', tick);
  if (charged === null) return drop(state, 'over-budget');
  const reported = reportLink(state.room, { from: from.id, peer: to.id, state: linkState }, tick);
  return taken(noteSilence(reported, from, to, silent, tick), charged.traffic);
}

/** What one seat says of its link to another, by their ids. */
export interface LinkReport {
  readonly from: number;
  readonly peer: number;
  readonly state: LinkState;
}

/** What a player says of their link to another, in the place of what they said before. */
export function reportLink(room: Room, { from, peer, state }: LinkReport, tick: number): Room {
  const said = saidBy(room, from);
  const before = stateIn(said, peer);
  if (before === state) return room;
  const links = [...room.links.filter((one) => one.from !== from), saying(said, peer, state)];
  const reported: Room =
    state === 'connected' ? withLinked({ ...room, links }, [from, peer]) : { ...room, links };
  const other = seatWith(room, peer)?.announced ? stateIn(saidBy(room, peer), from) : null;
  return withNews(reported, newsOf(room, reported, stateFrom(before, other), stateFrom(state, other)), tick);
}

/** Whoever had a link once has something to come back to. */
function withLinked(room: Room, ends: readonly number[]): Room {
  return updateSeats(room, (seat) =>
    seat.keeping.linked || !ends.includes(seat.id)
      ? null
      : { ...seat, keeping: { ...seat.keeping, linked: true } },
  );
}

/** Links that took too long have failed, until they are reported connected. */
export function giveUpLinks(room: Room, tick: number): Room {
  if (areConnected(room)) return room;
  const overdue = pairsHere(room).filter(
    ([a, b]) => tick - Math.max(a.since, b.since) >= room.rules.linkTicks && stateOf(a, b) === 'connecting',
  );
  const silent = overdue
    .flatMap(([a, b]): Pair[] => [
      [a, b],
      [b, a],
    ])
    .filter(([from, peer]) => from.announced && !from.connected.has(peer.id));
  return silent.reduce(
    (before, [from, peer]) => reportLink(before, { from: from.id, peer: peer.id, state: 'failed' }, tick),
    room,
  );
}

/** Without what was said by those who are gone, and of them. */
export function forgetLinks(links: readonly LinkReports[], isGone: (seat: number) => boolean): LinkReports[] {
  const staying = (peers: readonly number[]) => peers.filter((peer) => !isGone(peer));
  return links
    .filter(({ from }) => !isGone(from))
    .map(({ from, connected, failed }) => ({ from, connected: staying(connected), failed: staying(failed) }))
    .filter(({ connected, failed }) => connected.length + failed.length > 0);
}

/** What matters is told at once: a link that failed, and that all are connected, or no longer. */
function newsOf(before: Room, after: Room, was: LinkState, is: LinkState): LinkNews {
  if (was === is) return 'none';
  const mayChangeAll = was === 'connected' || is === 'connected';
  const isUrgent = is === 'failed' || (mayChangeAll && areConnected(before) !== areConnected(after));
  return isUrgent ? 'now' : 'later';
}

/** At once only once a tick: what a room of many is told costs it more than any message may. */
function withNews(room: Room, news: LinkNews, tick: number): Room {
  if (news === 'none' || room.linkNews === 'now') return room;
  if (news === 'later' || room.linksToldAt === tick) return { ...room, linkNews: 'later' };
  return { ...room, linkNews: 'now', linksToldAt: tick };
}

/** A player, and what they said of the others. */
interface End extends Pick<Seat, 'id' | 'sessionId' | 'announced' | 'since'> {
  readonly isHere: boolean;
  readonly connected: ReadonlySet<number>;
  readonly failed: ReadonlySet<number>;
}

type Pair = readonly [End, End];

/** Pairs are many: what is looked at for each is read once, since every field of a stored room costs anew. */
function watchedPairs(room: Room): Pair[] {
  const reports = new Map(room.links.map((said) => [said.from, said]));
  const players = playersOf(room)
    .map(({ id, sessionId, announced, since, away }): End => {
      const { connected = [], failed = [] } = reports.get(id) ?? {};
      return {
        ...{ id, announced, since, isHere: away === null },
        sessionId: away?.sessionId ?? sessionId,
        connected: new Set(connected),
        failed: new Set(failed),
      };
    })
    .sort(bySessionId);
  const pairs: Pair[] = [];
  for (const [index, a] of players.entries()) {
    for (let other = index + 1; other < players.length; other++) {
      const b = players[other] as End;
      if (a.announced || b.announced) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Of an away player's links nothing is expected. */
function pairsHere(room: Room): Pair[] {
  return watchedPairs(room).filter(([a, b]) => a.isHere && b.isHere);
}

/** Connected when all say so who can, failed when one does. */
function stateOf(a: End, b: End): LinkState {
  if (a.failed.has(b.id) || b.failed.has(a.id)) return 'failed';
  const isUp = (!a.announced || a.connected.has(b.id)) && (!b.announced || b.connected.has(a.id));
  return isUp ? 'connected' : 'connecting';
}

function saidBy(room: Room, seat: number): LinkReports {
  return room.links.find(({ from }) => from === seat) ?? { from: seat, connected: [], failed: [] };
}

function saying({ from, connected, failed }: LinkReports, peer: number, state: LinkState): LinkReports {
  const isOther = (one: number) => one !== peer;
  return {
    from,
    connected: [...connected.filter(isOther), ...(state === 'connected' ? [peer] : [])],
    failed: [...failed.filter(isOther), ...(state === 'failed' ? [peer] : [])],
  };
}

function stateIn({ connected, failed }: LinkReports, peer: number): LinkState {
  return connected.includes(peer) ? 'connected' : failed.includes(peer) ? 'failed' : 'connecting';
}

/** The same of what both ends say now; null of one who cannot. */
function stateFrom(one: LinkState, other: LinkState | null): LinkState {
  if (one === 'failed' || other === 'failed') return 'failed';
  return one === 'connected' && other !== 'connecting' ? 'connected' : 'connecting';
}
