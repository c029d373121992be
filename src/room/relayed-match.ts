import type { Utterance } from '../protocol/dialects/dialect.ts';
import { isOnlineMatchOpCode, OpCode, OpCodeR } from '../protocol/opcodes.ts';
import { charge } from './budget.ts';
import { believeGrant, believeRefusal } from './host-word.ts';
import { introduce } from './introduction.ts';
import { askToBeLetIn } from './join-request.ts';
import { mayBePlain, speaking } from './language.ts';
import { isHost } from './queries.ts';
import { passOn, relay } from './relay.ts';
import type { Member, Room } from './room.ts';
import { drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/**
 * Data in a room that is like a relayed match: passed on as Nakama would. But until the host has shown that it is
 * another game's, nothing goes through under a number that the addon knows, except to the host.
 */
export function receiveAsRelayed(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  tick: number,
): TrafficStep {
  if (isHost(from)) return learnFromHost(room, traffic, from, message, tick);
  if (room.language === 'plain' || !isOnlineMatchOpCode(message.opCode)) {
    return passOn(room, traffic, from, message);
  }
  const mayAsk =
    message.opCode === OpCodeR.JOIN_REQUEST && message.isJson && message.bytes <= MAX_REQUEST_BYTES;
  const said = mayAsk ? message.read() : null;
  return said?.content.type === 'join-request'
    ? askToBeLetIn(room, traffic, from, message, said.content, tick)
    : drop(room, traffic, 'unknown-opcode');
}

const MAX_REQUEST_BYTES = 1024;

function learnFromHost(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  tick: number,
): TrafficStep {
  const { said, uses } = readHost(room, traffic, from, message, tick);
  const charged: Traffic = { ...traffic, uses };
  if (said?.content.type === 'join-success') {
    const believed = believeGrant(room, charged, from, said.dialect, said.content, tick);
    if (believed.dropped === undefined || room.language === null) return believed;
  }
  if (room.language === 'plain') return passOn(room, charged, from, message);
  switch (said?.content.type) {
    case 'join-error':
      return believeRefusal(room, charged, from, said.content, tick);
    case 'peer-method':
      return relay(speaking(room, said.dialect ?? 'A'), charged, from, message, said.content, tick);
    default:
      return learnOtherGame(room, charged, from, message, tick);
  }
}

/** What an addon's host never says shows that the game is of another kind. */
function learnOtherGame(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  tick: number,
): TrafficStep {
  if (mayBePlain(room)) {
    const { room: plain, out } = introduce(speaking(room, 'plain'), tick);
    const passed = passOn(plain, traffic, from, message);
    return { ...passed, out: [...out, ...passed.out] };
  }
  return isOnlineMatchOpCode(message.opCode)
    ? drop(room, traffic, 'unknown-opcode')
    : passOn(room, traffic, from, message);
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
  room: Room,
  traffic: Traffic,
  from: Member,
  { opCode, bytes, read }: Message,
  tick: number,
): { readonly said: Utterance | null; readonly uses: Traffic['uses'] } {
  const { uses } = traffic;
  const isWord = (room.language === null ? HOST_OPCODES : FIRST_WORDS).includes(opCode);
  if (!isWord || bytes === 0 || bytes > room.rules.maxMessageBytes) return { said: null, uses };
  const charged = charge(room, uses, from, 'reading', tick);
  return charged === null ? { said: null, uses } : { said: read(), uses: charged };
}
