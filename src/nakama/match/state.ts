import { encodeLabel } from '../../protocol/label.ts';
import { apply } from '../../room/apply.ts';
import type { RoomEvent } from '../../room/events.ts';
import { type Idle, idleOf } from '../../room/idle.ts';
import { labelOf } from '../../room/label-of.ts';
import { NO_TRAFFIC } from '../../room/messages/traffic.ts';
import type { Room } from '../../room/room.ts';
import type { RoomState, Step } from '../../room/step.ts';
import { deliver, type Match } from './deliver.ts';
import { withPassed } from './passed-traffic.ts';
import { putOn, reachedBy, takeOff } from './reached.ts';
import { countChange, NO_TALLY, noteTraffic, type Tally } from './tally.ts';

/** What Nakama keeps of a match between callbacks. It comes back as new objects with shuffled keys. */
export interface State extends RoomState {
  /** What every tick looks at: before this one there is nothing to do, unless something happens. */
  readonly idleUntil: number;
  /** The same, as long as Nakama tracks `watched`. */
  readonly watchesUntil: number;
  readonly watched: Idle['watched'];
  readonly tally: Tally;
}

export function stateOf(room: Room): State {
  return stateAfter({ room, traffic: NO_TRAFFIC }, NO_TALLY);
}

/** The state that follows: at rest only while nothing is to be counted either. */
export function stateAfter({ room, traffic }: RoomState, tally: Tally): State {
  const { until, watched } = idleOf(room);
  const idleUntil = tally.reported === null ? until : 0;
  return watched === null
    ? { idleUntil, watchesUntil: 0, watched, room, traffic, tally }
    : { idleUntil: 0, watchesUntil: idleUntil, watched, room, traffic, tally };
}

/** What follows from an event: its step, carried out, and the state after it, the very same where nothing changed. */
export interface Happened {
  readonly state: State;
  readonly step: Step;
}

/** Something happens to the room. */
export function happen(match: Match, before: State, event: RoomEvent, tick: number): Happened {
  // Before anybody goes, and takes along what is not counted yet.
  const state = withPassed(match, before);
  const { room, traffic, tally } = state;
  const step = apply({ room, traffic }, event, tick);
  const isChanged = step.room !== room;
  // First, so that whoever hears of the change and looks it up finds it.
  if (isChanged) updateLabel(match, step.room);
  const reached = reachedBy({ room, traffic }, event, step, tick);
  takeOff(match.nk, match.id, reached);
  deliver(match, step.out);
  putOn(match.nk, match.id, reached);
  if (!isChanged && step.traffic === traffic) return { state, step };
  const noted = event.type === 'messaged' ? noteTraffic(tally, traffic) : tally;
  if (!isChanged) return { state: stateToCount(state, step, noted), step };
  return { state: stateAfter(step, countChange(match.nk, room, step.room, noted)), step };
}

/** Most messages change nothing but the traffic, which the next tick counts: when the room is idle need not be found out. */
function stateToCount({ watched }: State, { room, traffic }: RoomState, tally: Tally): State {
  return { idleUntil: 0, watchesUntil: 0, watched, room, traffic, tally };
}

function updateLabel(match: Match, room: Room): void {
  const label = encodeLabel(labelOf(room));
  if (label !== match.label()) match.dispatcher.matchLabelUpdate(label);
}
