import { OpCode, OpCodeR } from '../protocol/opcodes.ts';
import { believeGrant, believeRefusal } from './host-word.ts';
import { introduce } from './introduction.ts';
import { askToBeLetIn } from './join-request.ts';
import { hearOfLink } from './link-report.ts';
import { hear } from './presence.ts';
import { isHost, memberOf } from './queries.ts';
import { relay, relayPlain } from './relay.ts';
import type { Language, Member, Room } from './room.ts';
import { type DropReason, drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/** Whether what a member says under this opcode can matter to the room beyond being passed on. */
export function isOfInterest({ language, founding }: Room, from: string, opCode: number): boolean {
  if (language !== 'plain') return true;
  if (founding.kind !== 'adopted') return opCode === OpCode.WEBRTC_PEER_METHOD;
  return (
    from === founding.hostSessionId && (opCode === OpCode.JOIN_SUCCESS || opCode === OpCodeR.JOIN_SUCCESS)
  );
}

/** A client's match data: passed on, kept, heeded, or dropped and counted. */
export function receive(room: Room, traffic: Traffic, message: Message, tick: number): TrafficStep {
  const heard = hear(room, message.from, tick);
  const from = memberOf(heard.room, message.from);
  if (from === null) return drop(room, traffic, 'not-a-member');
  const step = heed(learnLanguage(heard.room, from, message), traffic, from, message, tick);
  return heard.out.length === 0 ? step : { ...step, out: [...heard.out, ...step.out] };
}

function heed(room: Room, traffic: Traffic, from: Member, message: Message, tick: number): TrafficStep {
  // It came rounded, to what may be no opcode any more.
  if (!Number.isSafeInteger(message.opCode)) return drop(room, traffic, 'unknown-opcode');
  const content = message.utterance?.content;
  if (room.language === 'plain') {
    const isHostsWord = content?.type === 'join-success' && isHost(from);
    const believed = isHostsWord ? believeGrant(room, traffic, from, message, content, tick) : null;
    const isAddonAfterAll = believed !== null && believed.room.language !== 'plain';
    return isAddonAfterAll ? believed : passOn(room, traffic, from, message, tick);
  }
  if (message.bytes > room.rules.maxMessageBytes) return drop(room, traffic, 'oversized');
  switch (content?.type) {
    case 'peer-method':
      return relay(room, traffic, from, message, content, tick);
    case 'join-success':
      return believeGrant(room, traffic, from, message, content, tick);
    case 'join-error':
      return believeRefusal(room, traffic, from, content, tick);
    case 'link-reported':
      return hearOfLink(room, traffic, from, content, tick);
    case 'join-request':
      return askToBeLetIn(room, traffic, from, message, content, tick);
    default:
      return drop(room, traffic, reasonAgainst(message));
  }
}

function reasonAgainst({ opCode }: Message): DropReason {
  return opCode === OpCode.WEBRTC_PEER_METHOD ? 'malformed' : 'unknown-opcode';
}

/** The first message in a plain room lets everybody in who waits: there is nobody to give peer ids. */
function passOn(room: Room, traffic: Traffic, from: Member, message: Message, tick: number): TrafficStep {
  const { room: open, out } = introduce(room, tick);
  const sender = memberOf(open, from.sessionId) ?? from;
  const relayed = relayPlain(open, traffic, sender, message);
  return { ...relayed, out: [...out, ...relayed.out] };
}

/**
 * Rooms that no client asked for hear from the first data what game they are of. A stray message may have made
 * one plain: it is no longer once matched players signal, or an addon's host says who is in.
 */
function learnLanguage(room: Room, from: Member, message: Message): Room {
  const isLearning = room.language === null || room.language === 'plain';
  const language = isLearning ? (languageIn(room, from, message) ?? room.language) : room.language;
  return language === room.language ? room : { ...room, language };
}

function languageIn(room: Room, from: Member, { utterance, opCode }: Message): Language | null {
  switch (utterance?.content.type) {
    case 'peer-method':
      return room.language === 'plain' && room.founding.kind === 'adopted'
        ? null
        : (utterance?.dialect ?? 'A');
    case 'foreign':
      return 'plain';
    case undefined:
      return isForeign(room, from, opCode) ? 'plain' : null;
    default:
      // An adopted room's host decides, and is heard with his word.
      return null;
  }
}

/** Of what the addon never says, only a host, or an opcode of another game, tells that it is another game. */
function isForeign({ founding, lastPeerId }: Room, from: Member, opCode: number): boolean {
  if (founding.kind === 'adopted' && lastPeerId > 1) return false;
  return (founding.kind === 'adopted' && isHost(from)) || !ADDON_OPCODES.includes(opCode);
}

const ADDON_OPCODES: readonly number[] = [...Object.values(OpCode), ...Object.values(OpCodeR)];
