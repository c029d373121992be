import { OpCode } from '../protocol/opcodes.ts';
import { believeGrant, believeRefusal } from './host-word.ts';
import { introduce } from './introduction.ts';
import { askToBeLetIn } from './join-request.ts';
import { hear } from './presence.ts';
import { memberOf } from './queries.ts';
import { relay, relayPlain } from './relay.ts';
import type { Language, Member, Room } from './room.ts';
import { type DropReason, drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/** A client's match data: passed on, kept, heeded, or dropped and counted. */
export function receive(room: Room, traffic: Traffic, message: Message, tick: number): TrafficStep {
  const heard = hear(room, message.from, tick);
  const from = memberOf(heard.room, message.from);
  if (from === null) return drop(room, traffic, 'not-a-member');
  const step = heed(learnLanguage(heard.room, message), traffic, from, message, tick);
  return heard.out.length === 0 ? step : { ...step, out: [...heard.out, ...step.out] };
}

function heed(room: Room, traffic: Traffic, from: Member, message: Message, tick: number): TrafficStep {
  if (room.language === 'plain') return passOn(room, traffic, from, message, tick);
  if (message.bytes > room.rules.maxMessageBytes) return drop(room, traffic, 'oversized');
  const content = message.utterance?.content;
  switch (content?.type) {
    case 'peer-method':
      return relay(room, traffic, from, message, content, tick);
    case 'join-success':
      return believeGrant(room, traffic, from, message, content, tick);
    case 'join-error':
      return believeRefusal(room, traffic, from, content, tick);
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

/** Rooms that no client asked for hear from the first data what game they are of. */
function learnLanguage(room: Room, message: Message): Room {
  const language = room.language ?? languageIn(room, message);
  return language === room.language ? room : { ...room, language };
}

function languageIn(room: Room, { utterance }: Message): Language | null {
  const isKnownToBeAddon = room.founding.kind === 'adopted' && room.lastPeerId > 1;
  if (utterance === null) return isKnownToBeAddon ? null : 'plain';
  switch (utterance.content.type) {
    case 'custom-rpc':
      return 'plain';
    case 'peer-method':
      return utterance.dialect ?? 'A';
    default:
      // What a host says decides, and he is heard with his word.
      return null;
  }
}
