import { encodeLabel } from '../../protocol/label.ts';
import { labelOf } from '../../room/lobby.ts';
import { newsIn, told } from '../../room/news.ts';
import { type Rest, restOf } from '../../room/rest.ts';
import type { Room, Step } from '../../room/room.ts';
import { forgetUses, NO_TRAFFIC, type Traffic } from '../../room/traffic.ts';
import { deliver, type Match } from './deliver.ts';
import { sendSnapshots } from './snapshots.ts';
import { countChange, NO_TALLY, type Tally } from './tally.ts';

/** What Nakama keeps of a match between callbacks. It comes back as new objects with shuffled keys. */
export interface State {
  readonly room: Room;
  readonly traffic: Traffic;
  /** It follows from the room, but is looked at on every tick. */
  readonly rest: Rest;
  readonly tally: Tally;
}

export function stateOf(room: Room): State {
  return { room, traffic: NO_TRAFFIC, rest: restOf(room), tally: NO_TALLY };
}

/** Carries a step out: the state after it, which is the very same when the room is. */
export function settle(match: Match, state: State, { room, out }: Step): State {
  const isChanged = room !== state.room;
  // First, so that whoever hears of the change and looks it up finds it.
  if (isChanged) updateLabel(match, room);
  deliver(match, out);
  if (!isChanged) return state;
  const isTold = newsIn(state.room, room) === 'now';
  if (isTold) sendSnapshots(match, state.room, room);
  const tally = countChange(match.nk, state.room, room, state.tally);
  const after = isTold ? told(room) : room;
  return { room: after, traffic: forgetUses(state.traffic, room), rest: restOf(after), tally };
}

/** On the tick: what was not told at once. The very state when there is nothing to tell. */
export function tellRest(match: Match, state: State): State {
  if (state.room.untold === 'none') return state;
  sendSnapshots(match, state.room, state.room);
  const room = told(state.room);
  return { ...state, room, rest: restOf(room) };
}

function updateLabel(match: Match, room: Room): void {
  const label = encodeLabel(labelOf(room));
  if (label !== match.label()) match.dispatcher.matchLabelUpdate(label);
}
