import { OpCode, OpCodeR } from '../protocol/opcodes.ts';
import { charge, isMuted } from './budget.ts';
import { believeGrant, believeRefusal } from './host-word.ts';
import { askToBeLetIn } from './join-request.ts';
import { isLikeRelayed, speakingAs } from './language.ts';
import { hearOfLink } from './link-report.ts';
import { hear } from './presence.ts';
import { isAdoptedHost, memberOf } from './queries.ts';
import { relay } from './relay.ts';
import { receiveAsRelayed } from './relayed-match.ts';
import type { Member, Room } from './room.ts';
import { type DropReason, drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/** A client's match data: passed on, kept, heeded, or dropped and counted. */
export function receive(room: Room, traffic: Traffic, message: Message, tick: number): TrafficStep {
  const heard = hear(room, message.from, tick);
  const from = memberOf(heard.room, message.from);
  if (from === null) return { ...drop(heard.room, traffic, 'not-a-member'), out: heard.out };
  const step = receiveFrom(heard.room, traffic, from, message, tick);
  const charged = chargeReject(step, from, tick);
  return heard.out.length === 0 ? charged : { ...charged, out: [...heard.out, ...charged.out] };
}

function receiveFrom(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  tick: number,
): TrafficStep {
  // It came rounded, to what may be no opcode any more.
  if (!Number.isSafeInteger(message.opCode)) return drop(room, traffic, 'unknown-opcode');
  if (isLikeRelayed(room)) return receiveAsRelayed(room, traffic, from, message, tick);
  // Nothing is read before it is certain that its sender may say it, at this length, and this often.
  const against = reasonNotToRead(room, from, message);
  if (against !== null) return drop(room, traffic, against);
  if (isMuted(room, traffic.uses, from, tick)) return drop(room, traffic, 'over-budget');
  return heed(room, traffic, from, message, tick);
}

function heed(room: Room, traffic: Traffic, from: Member, message: Message, tick: number): TrafficStep {
  const said = message.read();
  switch (said?.content.type) {
    case 'peer-method':
      return relay(speakingAs(room, from, said.dialect), traffic, from, message, said.content, tick);
    case 'join-success':
      return believeGrant(room, traffic, from, said.dialect, said.content, tick);
    case 'join-error':
      return believeRefusal(room, traffic, from, said.content, tick);
    case 'link-reported':
      return hearOfLink(room, traffic, from, said.content, tick);
    case 'join-request':
      return askToBeLetIn(room, traffic, from, message, said.content, tick);
    default:
      return drop(room, traffic, 'malformed');
  }
}

/** No report of a link and no request to be let in is longer. */
const MAX_SMALL_BYTES = 1024;

function reasonNotToRead(room: Room, from: Member, { opCode, bytes, isJson }: Message): DropReason | null {
  const mostBytes = mostBytesOf(room, from, opCode);
  if (mostBytes === null) return 'unknown-opcode';
  if (bytes > mostBytes) return 'oversized';
  return bytes === 0 || !isOfLanguage(room, from, opCode, isJson) ? 'malformed' : null;
}

/** How long a message under this opcode may be that matters when this member says it; null when none does. */
function mostBytesOf(room: Room, from: Member, opCode: number): number | null {
  const { language, rules } = room;
  switch (opCode) {
    case OpCode.WEBRTC_PEER_METHOD:
      return rules.maxMessageBytes;
    case OpCode.LINK:
      return from.announced ? MAX_SMALL_BYTES : null;
    case OpCodeR.JOIN_REQUEST:
    case OpCode.JOIN_ERROR:
    case OpCodeR.JOIN_SUCCESS: {
      if (isAdoptedHost(room, from)) return rules.maxMessageBytes;
      const mayAsk = opCode === OpCodeR.JOIN_REQUEST && language === 'R' && !from.introduced;
      return mayAsk ? MAX_SMALL_BYTES : null;
    }
    default:
      return null;
  }
}

/** An adopted room's host may change the language, and matched players have none in common. */
function isOfLanguage(room: Room, from: Member, opCode: number, isJson: boolean): boolean {
  if (room.language === null || opCode === OpCode.LINK || isAdoptedHost(room, from)) return true;
  return isJson === (room.language !== 'C');
}

/** What has bounds of its own, and what comes too late, is not its sender's fault. */
const NOT_CHARGED: readonly DropReason[] = ['over-budget', 'held-full'];

/** What leads to nothing has a budget of its own: whoever has used it up is not read any more. */
function chargeReject(step: TrafficStep, from: Member, tick: number): TrafficStep {
  if (step.dropped === undefined || NOT_CHARGED.includes(step.dropped)) return step;
  const uses = charge(step.room, step.traffic.uses, from, 'reject', tick);
  return uses === null ? step : { ...step, traffic: { ...step.traffic, uses } };
}
