import { addonNumberOf, MAX_REASON_LENGTH } from '../join-error.ts';
import { MAX_LISTED_PLAYERS } from '../join-success.ts';
import { OpCode } from '../opcodes.ts';
import type { PeerMethod } from '../peer-method.ts';
import { MAX_SESSION_ID_LENGTH, type Player } from '../player.ts';
import type { RefusalCode } from '../refusal.ts';
import { MAX_VERSION_LENGTH } from '../version.ts';
import { int32, Reader, text, type Written, written } from './bytes.ts';
import type { Content, Utterance } from './dialect.ts';

/**
 * Reads match data of dialect C. Null, too, for more than any client has to say: reading one thing costs the same
 * however long it is.
 */
export function decodeBinary(opCode: number, buffer: ArrayBuffer): Utterance | null {
  try {
    const reader = new Reader(buffer);
    const content = contentIn(opCode, reader);
    return content === null || !reader.isAtEnd() ? null : { content, dialect: 'C' };
  } catch {
    // Out of bounds, too long, or no UTF-8.
    return null;
  }
}

export function encodeBinaryJoinSuccess(players: readonly Player[], clientVersion: string): Written {
  const listed = players.map(
    ({ sessionId, username, peerId }) => text(sessionId) + text(username) + int32(peerId),
  );
  return written(int32(players.length) + listed.join('') + text(clientVersion));
}

export function encodeBinaryJoinError(target: string, code: RefusalCode, reason: string): Written {
  return written(text(target) + int32(addonNumberOf(code)) + text(reason));
}

const KINDS: readonly PeerMethod['kind'][] = ['description', 'candidate', 'reconnect'];

function contentIn(opCode: number, reader: Reader): Content | null {
  switch (opCode) {
    case OpCode.WEBRTC_PEER_METHOD: {
      const kind = KINDS[reader.uint8()];
      const target = reader.text(MAX_SESSION_ID_LENGTH);
      for (let left = reader.atMost(MAX_ARGUMENTS, reader.uint8()); left > 0; left--) skipArgument(reader);
      return kind === undefined || target === '' ? null : { type: 'peer-method', kind, target };
    }
    case OpCode.JOIN_SUCCESS: {
      const players = Array.from({ length: reader.atMost(MAX_LISTED_PLAYERS, reader.count()) }, () => {
        const sessionId = reader.text(MAX_SESSION_ID_LENGTH);
        // The username, which the room knows better.
        reader.skip(reader.count());
        return { sessionId, peerId: reader.int32(), spectator: false };
      });
      return { type: 'join-success', players, clientVersion: reader.text(MAX_VERSION_LENGTH) };
    }
    case OpCode.JOIN_ERROR: {
      const target = reader.text(MAX_SESSION_ID_LENGTH);
      return { type: 'join-error', target, code: reader.int32(), reason: reader.text(MAX_REASON_LENGTH) };
    }
    default:
      return null;
  }
}

/** No method has more than three. */
const MAX_ARGUMENTS = 16;

/** .NET's TypeCode of an argument, and how many bytes its value takes; a text says so itself. */
const SIZES: { readonly [typeCode: number]: number } = { 3: 1, 6: 1, 9: 4, 11: 8, 13: 4, 14: 8 };
const TEXT_TYPES: readonly number[] = [4, 18];

function skipArgument(reader: Reader): void {
  const typeCode = reader.uint8();
  const size = TEXT_TYPES.includes(typeCode) ? reader.count() : SIZES[typeCode];
  if (size === undefined) throw new RangeError('unknown type');
  reader.skip(size);
}
