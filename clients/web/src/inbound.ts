import type { MatchData } from '@heroiclabs/nakama-js';
import { type Checkpoint, decodeCheckpoint } from '../../../src/protocol/checkpoint.ts';
import { decodeSlowDown } from '../../../src/protocol/fallback.ts';
import { decodeJoinError } from '../../../src/protocol/join-error.ts';
import { decodeJoinSuccess } from '../../../src/protocol/join-success.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';
import { decodeSignal, type Signal } from '../../../src/protocol/peer-method.ts';
import type { Player } from '../../../src/protocol/player.ts';
import { decodeSnapshot } from '../../../src/protocol/snapshot.ts';
import type { Authority, Sender } from './authority.ts';
import { OnlineMatchError } from './errors.ts';

/** What a match hears, decoded, from those who may say it. */
export interface InboundEvents {
  /** `target` is a session id. */
  onSignal(sender: string, target: string, signal: Signal): void;
  onListed(players: readonly Player[]): void;
  onRefused(target: string, error: OnlineMatchError): void;
  onSnapshot(snapshot: NonNullable<ReturnType<typeof decodeSnapshot>>): void;
  onCheckpoint(checkpoint: Checkpoint): void;
  onHostCheck(): void;
  /** Another player's data, through the server. */
  onFrame(sender: string, frame: Uint8Array): void;
  onSlowDown(ms: number): void;
}

/** Reads one message of a match. What cannot be read, or may not be believed, is nothing. */
export function read(
  { op_code, data, presence }: MatchData,
  authority: Authority,
  events: InboundEvents,
): void {
  // nakama-js leaves the presence out where the server is the sender, whatever its types say.
  const sender: Sender = presence?.session_id ?? null;
  if (op_code === OpCode.FALLBACK) {
    if (sender !== null) events.onFrame(sender, data);
    return;
  }
  const text = new TextDecoder().decode(data);
  switch (op_code) {
    case OpCode.WEBRTC_PEER_METHOD: {
      const addressed = decodeSignal(text);
      if (addressed !== null && sender !== null) events.onSignal(sender, addressed.target, addressed.signal);
      break;
    }
    case OpCode.JOIN_SUCCESS: {
      const players = decodeJoinSuccess(text) ?? [];
      if (authority.believesPlayers(sender, players)) events.onListed(players);
      break;
    }
    case OpCode.JOIN_ERROR: {
      const refused = decodeJoinError(text);
      if (refused !== null && authority.believesRefusal(sender))
        events.onRefused(refused.target, new OnlineMatchError(refused.code ?? 'unknown', refused.reason));
      break;
    }
    case OpCode.ROOM: {
      const snapshot = decodeSnapshot(text);
      if (snapshot !== null && authority.believesSnapshot(sender)) events.onSnapshot(snapshot);
      break;
    }
    case OpCode.CHECKPOINT_RESTORED: {
      const checkpoint = decodeCheckpoint(text);
      if (checkpoint !== null && authority.believesSnapshot(sender)) events.onCheckpoint(checkpoint);
      break;
    }
    case OpCode.SLOW_DOWN: {
      const ms = decodeSlowDown(text);
      if (ms !== null && authority.believesSnapshot(sender)) events.onSlowDown(ms);
      break;
    }
    case OpCode.HOST_CHECK:
      if (authority.believesSnapshot(sender)) events.onHostCheck();
      break;
  }
}
