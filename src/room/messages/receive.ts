import { OpCode, OpCodeR } from '../../protocol/opcodes.ts';
import { MAX_STATUS_BYTES } from '../../protocol/status.ts';
import { mayAsk } from '../door/dialect.ts';
import { receiveCheckpoint } from '../host/checkpoint.ts';
import { isAdoptedHost, isHost } from '../host/host.ts';
import { hearHost } from '../host/silence.ts';
import { isLikeRelayed, speakingAs } from '../language.ts';
import type { Room } from '../room.ts';
import type { Seat } from '../seats/seat.ts';
import { receiveStatus } from '../seats/status.ts';
import { quiet, type RoomState } from '../step.ts';
import { charge, isMuted } from './budget.ts';
import { canFallBack, mostFrameBytes, passFrame } from './fallback.ts';
import { believe } from './host-word.ts';
import { askToBeLetIn } from './join-request.ts';
import { receiveLinkReport } from './links.ts';
import { drop, type Received, taken } from './received.ts';
import { relay } from './relay.ts';
import { receiveAsRelayed } from './relayed-match.ts';
import { type DropReason, MAX_SMALL_BYTES, type Message } from './traffic.ts';

/** A member's match data: passed on, kept, heeded, or dropped and counted. */
export function receive(state: RoomState, from: Seat, message: Message, tick: number): Received {
  const received = receiveFrom(state, from, message, tick);
  return received.dropped === null ? received : chargeReject(received, received.dropped, from, tick);
}

function receiveFrom(state: RoomState, from: Seat, message: Message, tick: number): Received {
  // It came rounded, to what may be no opcode any more.
  if (!Number.isSafeInteger(message.opCode)) return drop(state, 'unknown-opcode');
  if (isLikeRelayed(state.room)) return receiveAsRelayed(state, from, message, tick);
  // Nothing is read before it is certain that its sender may say it, at this length, and this often.
  const against = reasonNotToRead(state.room, from, message);
  if (against !== null) return drop(state, against);
  if (isMuted(state, from, tick)) return drop(state, 'over-budget');
  switch (message.opCode) {
    case OpCode.CHECKPOINT:
      return receiveCheckpoint(state, from, message, tick);
    case OpCode.FALLBACK:
      return passFrame(state, from, message, tick);
    case OpCode.HOST_CHECK:
      return taken(quiet(hearHost(state.room)), state.traffic);
    default:
      return heed(state, from, message, tick);
  }
}

function heed(state: RoomState, from: Seat, message: Message, tick: number): Received {
  const said = message.read();
  switch (said?.content.type) {
    case 'peer-method': {
      const room = speakingAs(state.room, from, said.dialect);
      return relay({ ...state, room }, from, message, said.content, tick);
    }
    case 'join-success':
    case 'join-error':
      return believe(state, from, said.dialect, said.content, tick);
    case 'link-reported':
      return receiveLinkReport(state, from, said.content, tick);
    case 'status-reported':
      return receiveStatus(state, from, said.content, tick);
    case 'join-request':
      return askToBeLetIn(state, from, message, said.content, tick);
    default:
      return drop(state, 'malformed');
  }
}

function reasonNotToRead(room: Room, from: Seat, { opCode, bytes, isJson }: Message): DropReason | null {
  const mostBytes = mostBytesOf(room, from, opCode);
  if (mostBytes === null) return 'unknown-opcode';
  if (bytes > mostBytes) return 'oversized';
  if (opCode === OpCode.HOST_CHECK) return null;
  return bytes === 0 || !isOfLanguage(room, from, opCode, isJson) ? 'malformed' : null;
}

/** How long a message under this opcode may be that matters when this member says it; null when none does. */
function mostBytesOf(room: Room, from: Seat, opCode: number): number | null {
  const { rules } = room;
  switch (opCode) {
    case OpCode.WEBRTC_PEER_METHOD:
      return rules.maxMessageBytes;
    case OpCode.LINK:
      return from.announced ? MAX_SMALL_BYTES : null;
    case OpCode.STATUS:
      return from.announced ? MAX_STATUS_BYTES : null;
    case OpCode.CHECKPOINT:
      return isAnnouncedHost(room, from) && rules.checkpointBytes > 0 ? rules.checkpointBytes : null;
    case OpCode.FALLBACK:
      return canFallBack(room, from) ? mostFrameBytes(rules) : null;
    case OpCode.HOST_CHECK:
      return isAnnouncedHost(room, from) ? MAX_SMALL_BYTES : null;
    case OpCodeR.JOIN_REQUEST:
    case OpCode.JOIN_ERROR:
    case OpCodeR.JOIN_SUCCESS: {
      if (isAdoptedHost(room, from)) return rules.maxMessageBytes;
      return opCode === OpCodeR.JOIN_REQUEST && mayAsk(room, from) ? MAX_SMALL_BYTES : null;
    }
    default:
      return null;
  }
}

function isAnnouncedHost(room: Room, from: Seat): boolean {
  return from.announced && isHost(room, from);
}

/** An adopted room's host may change the language, and matched players have none in common; the module's own has none. */
function isOfLanguage(room: Room, from: Seat, opCode: number, isJson: boolean): boolean {
  if (room.founding.kind === 'matched' || opCode >= OpCode.ROOM || isAdoptedHost(room, from)) return true;
  return isJson === (room.language !== 'C');
}

/** What has bounds of its own, and what comes too late, is not its sender's fault. */
const NOT_CHARGED: readonly DropReason[] = ['over-budget', 'held-full'];

/** What leads to nothing has a budget of its own: whoever has used it up is not read any more. */
function chargeReject(received: Received, why: DropReason, from: Seat, tick: number): Received {
  if (NOT_CHARGED.includes(why)) return received;
  const charged = charge(received, from, 'reject', tick);
  return charged === null ? received : { ...received, traffic: charged.traffic };
}
