import type { LinkReported } from '../protocol/link-report.ts';
import { charge } from './budget.ts';
import { reportLink } from './links.ts';
import { memberOf } from './queries.ts';
import type { Member, Room } from './room.ts';
import { drop, type Traffic, type TrafficStep } from './traffic.ts';

/** An announced player says how far its link to another is. */
export function hearOfLink(
  room: Room,
  traffic: Traffic,
  from: Member,
  { peer, state }: LinkReported,
  tick: number,
): TrafficStep {
  if (!from.announced || !from.introduced) return drop(room, traffic, 'unknown-opcode');
  if (peer === from.sessionId) return drop(room, traffic, 'self-target');
  if (!memberOf(room, peer)?.introduced) return drop(room, traffic, 'no-such-target');
  const uses = charge(room, traffic.uses, from, 'report', tick);
  if (uses === null) return drop(room, traffic, 'over-budget');
  const reported = reportLink(room, { from: from.sessionId, peer, state }, tick);
  return { room: reported, traffic: { ...traffic, uses }, out: [] };
}
