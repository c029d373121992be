import type { Utterance } from '../../protocol/dialects/dialect.ts';
import { isOnlineMatchOpCode, OpCode, OpCodeR } from '../../protocol/opcodes.ts';
import { isHost } from '../host/host.ts';
import { mayBePlain, speaking } from '../language.ts';
import type { Seat } from '../seats/seat.ts';
import type { RoomState } from '../step.ts';
import { charge } from './budget.ts';
import { believe } from './host-word.ts';
import { askToBeLetIn } from './join-request.ts';
import { drop, type Received } from './received.ts';
import { passOn, relay } from './relay.ts';
import { MAX_SMALL_BYTES, type Message } from './traffic.ts';

/**
 * Data in a room that is like a relayed match: passed on as Nakama would. But until the host has shown that it is
 * another game's, nothing goes through under a number that the addon knows, except to the host.
 */
export function receiveAsRelayed(state: RoomState, from: Seat, message: Message, tick: number): Received {
  if (isHost(state.room, from)) return learnFromHost(state, from, message, tick);
  if (state.room.language === 'plain' || !isOnlineMatchOpCode(message.opCode)) {
    return passOn(state, from, message);
  }
  const mayAsk =
    message.opCode === OpCodeR.JOIN_REQUEST && message.isJson && message.bytes <= MAX_SMALL_BYTES;
  const said = mayAsk ? message.read() : null;
  return said?.content.type === 'join-request'
    ? askToBeLetIn(state, from, message, said.content, tick)
    : drop(state, 'unknown-opcode');
}

function learnFromHost(before: RoomState, from: Seat, message: Message, tick: number): Received {
  const { said, state } = readHost(before, from, message, tick);
  const { room } = state;
  if (said?.content.type === 'join-success') {
    const believed = believe(state, from, said.dialect, said.content, tick);
    if (believed.dropped === null || room.language === null) return believed;
  }
  if (room.language === 'plain') return passOn(state, from, message);
  switch (said?.content.type) {
    case 'join-error':
      return believe(state, from, said.dialect, said.content, tick);
    case 'peer-method': {
      const spoken = { ...state, room: speaking(room, said.dialect ?? 'A', tick) };
      return relay(spoken, from, message, said.content, tick);
    }
    default:
      return learnOtherGame(state, from, message, tick);
  }
}

/** What an addon's host never says shows that the game is of another kind. */
function learnOtherGame(state: RoomState, from: Seat, message: Message, tick: number): Received {
  if (mayBePlain(state.room)) {
    return passOn({ ...state, room: speaking(state.room, 'plain', tick) }, from, message);
  }
  return isOnlineMatchOpCode(message.opCode) ? drop(state, 'unknown-opcode') : passOn(state, from, message);
}

/** Hosts of the addon speak under these numbers only; in a plain room the first word of one is a 9002 or 9004. */
const HOST_OPCODES: readonly number[] = [
  OpCode.WEBRTC_PEER_METHOD,
  OpCode.JOIN_SUCCESS,
  OpCode.JOIN_ERROR,
  OpCodeR.JOIN_SUCCESS,
];
const FIRST_WORDS: readonly number[] = [OpCode.JOIN_SUCCESS, OpCodeR.JOIN_SUCCESS];

/** Read within a budget, beyond which another game's data is only passed on. */
function readHost(
  state: RoomState,
  from: Seat,
  { opCode, bytes, read }: Message,
  tick: number,
): { readonly said: Utterance | null; readonly state: RoomState } {
  const isWord = (state.room.language === null ? HOST_OPCODES : FIRST_WORDS).includes(opCode);
  if (!isWord || bytes === 0 || bytes > state.room.rules.maxMessageBytes) return { said: null, state };
  const charged = charge(state, from, 'reading', tick);
  return charged === null ? { said: null, state } : { said: read(), state: charged };
}
