import { OpCode } from '../../protocol/opcodes.ts';
import type { RoomEvent } from '../../room/events.ts';
import { type Reach, reachesOf, reachOf } from '../../room/messages/short-way.ts';
import type { Message } from '../../room/messages/traffic.ts';
import { isIntroduced, type Session } from '../../room/seats/seat.ts';
import { seatOf } from '../../room/seats/seats.ts';
import type { RoomState, Step } from '../../room/step.ts';
import { forgetPassed } from '../server/passed.ts';
import { forgetReach, keepReach } from '../server/reaches.ts';

/** Whom an event puts on the short way, and whom it takes off: who is gone, and who is not read any more. */
export interface Reached {
  readonly gone: readonly Session[];
  readonly muted: readonly Session[];
  readonly come: readonly Reach[];
}

const NOBODY: Reached = { gone: [], muted: [], come: [] };

export function reachedBy(before: RoomState, event: RoomEvent, after: Step, tick: number): Reached {
  const ofRoom = after.room === before.room ? NOBODY : reachedByChange(before, after, tick);
  if (event.type !== 'messaged') return ofRoom;
  const ofSender = reachedByMessage(before, event.message, after, tick);
  return { ...ofRoom, muted: ofSender.muted, come: [...ofRoom.come, ...ofSender.come] };
}

function reachedByChange(before: RoomState, after: RoomState, tick: number): Reached {
  const [had, has] = [reachesOf(before, tick), reachesOf(after, tick)];
  const known = new Map(had.map((one) => [one.sessionId, one]));
  const left = new Set(has.map(({ sessionId }) => sessionId));
  return {
    gone: had.filter(({ sessionId }) => !left.has(sessionId)),
    muted: [],
    come: has.filter((one) => !isSame(one, known.get(one.sessionId))),
  };
}

/** Who says too much that leads to nothing is read no more; whose signal the room passed on may do so themselves again. */
function reachedByMessage(before: RoomState, { from, opCode }: Message, after: Step, tick: number): Reached {
  const isPassedOn = opCode === OpCode.WEBRTC_PEER_METHOD && after.traffic.relayed > before.traffic.relayed;
  const seat = isPassedOn || after.dropped !== null ? seatOf(after.room, from) : null;
  if (seat === null) return NOBODY;
  const reach = reachOf(after, seat, tick);
  if (isPassedOn) return reach === null ? NOBODY : { ...NOBODY, come: [reach] };
  return isIntroduced(seat) && reach === null ? { ...NOBODY, muted: [seat] } : NOBODY;
}

function isSame(one: Reach, other: Reach | undefined): boolean {
  return other !== undefined && one.speaks === other.speaks && one.others === other.others;
}

/** Before anybody is told of a change: nothing reaches those any more who are gone. */
export function takeOff(nk: nkruntime.Nakama, matchId: string, { gone, muted }: Reached): void {
  for (const { sessionId } of [...gone, ...muted]) forgetReach(nk, matchId, sessionId);
  for (const { sessionId } of gone) forgetPassed(nk, matchId, sessionId);
}

/** After all that was told: what had waited for somebody is on its way to them before anything else is. */
export function putOn(nk: nkruntime.Nakama, matchId: string, { come }: Reached): void {
  for (const reach of come) keepReach(nk, matchId, reach);
}
