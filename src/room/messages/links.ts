import type { LinkReported, LinkState, Via } from '../../protocol/link-report.ts';
import type { Link } from '../../protocol/snapshot.ts';
import { isHost } from '../host/host.ts';
import { noteSilence } from '../host/silence.ts';
import type { LinkNews, LinkReports, Room } from '../room.ts';
import { bySessionId, isIntroduced, isPlayer, type Seat } from '../seats/seat.ts';
import { playersHere, playersOf, seatMeant, seatWith, updateSeats } from '../seats/seats.ts';
import type { RoomState } from '../step.ts';
import { charge } from './budget.ts';
import {
  forgetLinks,
  isOtherTime,
  type LinkReport,
  longerOf,
  type Said,
  saidBy,
  saidOf,
  saying,
} from './link-reports.ts';
import { drop, type Received, taken } from './received.ts';
import { isStar, mayLink } from './star.ts';

/** The links that are reported on: of every two players of whom one announced itself. */
export function linksOf(room: Room): Link[] {
  return watchedPairs(room).map(linkOf);
}

/**
 * Whether every two players are connected, as far as the server can know. As only players report, and only of
 * players, and of each other once, it is enough to count.
 */
export function areConnected(room: Room): boolean {
  const players = playersHere(room);
  const reporting = players.filter(({ announced }) => announced);
  const connected = linksHere(room).reduce((sum, reports) => sum + reports.connected.length, 0);
  if (!isStar(room)) return connected === reporting.length * (players.length - 1);
  // From the host's end and from the others'.
  const isHostHere = players.some((seat) => isHost(room, seat));
  return !isHostHere || connected === 2 * (players.length - 1);
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
  { peer, silent, ...said }: LinkReported,
  tick: number,
): Received {
  if (!from.announced || !isIntroduced(from)) return drop(state, 'unknown-opcode');
  const to = seatMeant(state.room, peer);
  if (to === null || !isPlayer(to)) return drop(state, 'no-such-target');
  if (to.id === from.id) return drop(state, 'self-target');
  if (!mayLink(state.room, from, to)) return drop(state, 'no-such-target');
  const charged = charge(state, from, 'report', tick);
  if (charged === null) return drop(state, 'over-budget');
  const reported = reportLink(state.room, { ...said, from: from.id, peer: to.id }, tick);
  return taken(noteSilence(reported, from, to, silent, tick), charged.traffic);
}

/** What a player says of their link to another, in the place of what they said before. */
export function reportLink(room: Room, { from, peer, ...report }: LinkReport, tick: number): Room {
  const { state, via = null, rttMs = null, noRelay = false } = report;
  const reports = saidBy(room, from);
  const before = saidOf(reports, peer);
  const said: Said = { state, via, rttMs, noRelay: noRelay && state === 'failed' };
  if (isSame(before, said)) return room;
  const links = [...room.links.filter((one) => one.from !== from), saying(reports, peer, said)];
  const reported: Room =
    state === 'connected' ? withLinked({ ...room, links }, [from, peer]) : { ...room, links };
  const other = seatWith(room, peer)?.announced ? saidOf(saidBy(room, peer), from).state : null;
  const [was, is] = [stateFrom(before.state, other), stateFrom(state, other)];
  const isShown = is === 'connected' || said.noRelay !== before.noRelay;
  const news = was === is && isShown ? 'later' : newsOf(room, reported, was, is);
  return withNews(reported, news, tick);
}

function isSame(before: Said, { state, via, rttMs, noRelay }: Said): boolean {
  if (state !== before.state || noRelay !== before.noRelay) return false;
  return state !== 'connected' || (via === before.via && !isOtherTime(before.rttMs, rttMs));
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

/** What matters is told at once: a link that failed, and that all are connected, or no longer; its way is told later. */
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
interface End extends Pick<Seat, 'id' | 'sessionId' | 'peerId' | 'announced' | 'since'> {
  readonly isHere: boolean;
  /** By which way, to those to whom they are connected, and how long it is. */
  readonly connected: ReadonlyMap<number, Way>;
  readonly failed: ReadonlySet<number>;
  readonly unrelayed: ReadonlySet<number>;
}

interface Way {
  readonly via: Via | null;
  readonly rttMs: number | null;
}

type Pair = readonly [End, End];

/** Pairs are many: what is looked at for each is read once, since every field of a stored room costs anew. */
function watchedPairs(room: Room): Pair[] {
  const reports = new Map(room.links.map((said) => [said.from, said]));
  const players = playersOf(room)
    .map(({ id, sessionId, peerId, announced, since, away }): End => {
      const { connected = [], vias = [], rtts = [], failed = [], unrelayed = [] } = reports.get(id) ?? {};
      return {
        ...{ id, peerId, announced, since, isHere: away === null },
        sessionId: away?.sessionId ?? sessionId,
        connected: new Map(
          connected.map((peer, index) => [peer, { via: vias[index] ?? null, rttMs: rtts[index] ?? null }]),
        ),
        failed: new Set(failed),
        unrelayed: new Set(unrelayed),
      };
    })
    .sort(bySessionId);
  const pairs: Pair[] = [];
  for (const [index, a] of players.entries()) {
    for (let other = index + 1; other < players.length; other++) {
      const b = players[other] as End;
      if ((a.announced || b.announced) && mayLink(room, a, b)) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Of an away player's links nothing is expected. */
function pairsHere(room: Room): Pair[] {
  return watchedPairs(room).filter(([a, b]) => a.isHere && b.isHere);
}

function linkOf([a, b]: Pair): Link {
  const state = stateOf(a, b);
  const [ofA, ofB] = [a.connected.get(b.id), b.connected.get(a.id)];
  const isUp = state === 'connected';
  const isUnrelayed = state === 'failed' && (a.unrelayed.has(b.id) || b.unrelayed.has(a.id));
  return {
    ...{ a: a.sessionId, b: b.sessionId, state },
    via: isUp ? longerOf(ofA?.via ?? null, ofB?.via ?? null) : null,
    rttMs: isUp ? (ofA?.rttMs ?? ofB?.rttMs ?? null) : null,
    reason: isUnrelayed ? 'no-relay' : null,
  };
}

/** Connected when all say so who can, failed when one does. */
function stateOf(a: End, b: End): LinkState {
  if (a.failed.has(b.id) || b.failed.has(a.id)) return 'failed';
  const isUp = (!a.announced || a.connected.has(b.id)) && (!b.announced || b.connected.has(a.id));
  return isUp ? 'connected' : 'connecting';
}

/** The same of what both ends say now; null of one who cannot. */
function stateFrom(one: LinkState, other: LinkState | null): LinkState {
  if (one === 'failed' || other === 'failed') return 'failed';
  return one === 'connected' && other !== 'connecting' ? 'connected' : 'connecting';
}
