import { type LinkState, VIAS, type Via } from '../../protocol/link-report.ts';
import type { LinkReports, Room } from '../room.ts';

// What one seat says of its links, as flat lists: many pairs are stored, and every record of them would cost anew.

/** What one seat says of its link to another, by their ids. */
export interface LinkReport {
  readonly from: number;
  readonly peer: number;
  readonly state: LinkState;
  /** By which way the data goes, of a link that is connected; null where nobody says. */
  readonly via?: Via | null;
  /** How long it is there and back. */
  readonly rttMs?: number | null;
  /** Whether it failed for want of a TURN server. */
  readonly noRelay?: boolean;
}

/** The same without who says it. */
export type Said = Required<Omit<LinkReport, 'from' | 'peer'>>;

export function saidBy(room: Room, seat: number): LinkReports {
  return room.links.find(({ from }) => from === seat) ?? nothingSaidBy(seat);
}

function nothingSaidBy(from: number): LinkReports {
  return { from, connected: [], vias: [], rtts: [], failed: [], unrelayed: [] };
}

/** What they say of this one. */
export function saidOf({ connected, vias, rtts, failed, unrelayed }: LinkReports, peer: number): Said {
  const index = connected.indexOf(peer);
  const state = index >= 0 ? 'connected' : failed.includes(peer) ? 'failed' : 'connecting';
  return {
    state,
    via: vias[index] ?? null,
    rttMs: rtts[index] ?? null,
    noRelay: state === 'failed' && unrelayed.includes(peer),
  };
}

/** The same with this said of one, in the place of what was said of them before. */
export function saying(before: LinkReports, peer: number, { state, via, rttMs, noRelay }: Said): LinkReports {
  const { from, connected, vias, rtts, failed, unrelayed } = sayingOf(before, (one) => one !== peer);
  switch (state) {
    case 'connected':
      return {
        ...{ from, failed, unrelayed },
        ...{ connected: [...connected, peer], vias: [...vias, via], rtts: [...rtts, rttMs] },
      };
    case 'failed':
      return {
        ...{ from, connected, vias, rtts },
        ...{ failed: [...failed, peer], unrelayed: noRelay ? [...unrelayed, peer] : unrelayed },
      };
    default:
      return { from, connected, vias, rtts, failed, unrelayed };
  }
}

/** Without what was said by those who are gone, and of them. */
export function forgetLinks(links: readonly LinkReports[], isGone: (seat: number) => boolean): LinkReports[] {
  return keepReports(links, (from, peer) => !isGone(from) && !isGone(peer));
}

/** What was said by some of some others. */
export function keepReports(
  links: readonly LinkReports[],
  isKept: (from: number, peer: number) => boolean,
): LinkReports[] {
  return links
    .map((said) => sayingOf(said, (peer) => isKept(said.from, peer)))
    .filter(({ connected, failed }) => connected.length + failed.length > 0);
}

function sayingOf(said: LinkReports, isMeant: (peer: number) => boolean): LinkReports {
  const { from, connected, vias, rtts, failed, unrelayed } = said;
  const isKept = <T>(_: T, index: number) => isMeant(connected[index] as number);
  return {
    from,
    connected: connected.filter(isMeant),
    vias: vias.filter(isKept),
    rtts: rtts.filter(isKept),
    failed: failed.filter(isMeant),
    unrelayed: unrelayed.filter(isMeant),
  };
}

/** The longer way of the two that the ends name. */
export function longerOf(one: Via | null, other: Via | null): Via | null {
  if (one === null || other === null) return one ?? other;
  return VIAS.indexOf(one) > VIAS.indexOf(other) ? one : other;
}

/** Times are never the same twice: only one that is about a quarter longer or shorter is news. */
export function isOtherTime(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(after - before) > Math.max(2, before / 4);
}
