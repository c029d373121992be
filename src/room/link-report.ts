import type { LinkReported } from '../protocol/link-report.ts';
import { charge } from './budget.ts';
import { reportLink } from './links.ts';
import { drop, type Received, taken } from './received.ts';
import { isIntroduced, type Seat } from './seat.ts';
import { seatOf } from './seats.ts';
import { quiet, type RoomState } from './step.ts';

/** An announced player says how far their link to another is. */
export function receiveLinkReport(
  state: RoomState,
  from: Seat,
  { peer, state: linkState }: LinkReported,
  tick: number,
): Received {
  if (!from.announced || !isIntroduced(from)) return drop(state, 'unknown-opcode');
  if (peer === from.sessionId) return drop(state, 'self-target');
  const to = seatOf(state.room, peer);
  if (to === null || !isIntroduced(to)) return drop(state, 'no-such-target');
  const charged = charge(state, from, 'report', tick);
  if (charged === null) return drop(state, 'over-budget');
  const reported = reportLink(state.room, { from: from.id, peer: to.id, state: linkState }, tick);
  return taken(quiet(reported), charged.traffic);
}
