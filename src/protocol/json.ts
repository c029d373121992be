import type {
  Content,
  Dialect,
  Entry,
  JoinError,
  JoinRequest,
  JoinSuccess,
  LinkReported,
  PeerMethod,
  Utterance,
} from './content.ts';
import { isNonEmptyString, parseObject } from './fields.ts';
import { OpCode, OpCodeR } from './opcodes.ts';

/**
 * Reads match data of the dialects A and R. Null when a field is missing or of another type, since the addon's
 * own receiver would stop with a script error on it.
 */
export function decodeJson(opCode: number, text: string): Utterance | null {
  const fields = parseObject(text);
  if (fields === null) return null;
  switch (opCode) {
    case OpCode.WEBRTC_PEER_METHOD:
      return utterance(isForeign(fields) ? { type: 'foreign' } : peerMethodIn(fields), null);
    case OpCode.JOIN_SUCCESS:
      return fields.players === undefined
        ? utterance(joinRequestIn(fields), 'R')
        : utterance(joinSuccessIn(fields), null);
    case OpCode.JOIN_ERROR:
      return utterance(joinErrorIn(fields), null);
    case OpCodeR.JOIN_SUCCESS:
      return utterance(joinSuccessIn(fields), 'R');
    case OpCode.LINK:
      return utterance(linkReportIn(fields), null);
    default:
      return null;
  }
}

type Fields = Record<string, unknown>;

function utterance(content: Content | null, dialect: Dialect | null): Utterance | null {
  return content === null ? null : { content, dialect };
}

function peerMethodIn(fields: Fields): PeerMethod | null {
  const kind = kindIn(fields);
  if (kind === null || !isNonEmptyString(fields.target)) return null;
  return { type: 'peer-method', kind, target: fields.target };
}

function isForeign({ method, node_path, target }: Fields): boolean {
  return method === undefined || (typeof node_path === 'string' && target === undefined);
}

function kindIn({ method, type, sdp, media, index, name }: Fields): PeerMethod['kind'] | null {
  switch (method) {
    case 'set_remote_description':
      return (type === 'offer' || type === 'answer') && isNonEmptyString(sdp) ? 'description' : null;
    case 'add_ice_candidate':
      return typeof media === 'string' && Number.isInteger(index) && typeof name === 'string'
        ? 'candidate'
        : null;
    case 'reconnect':
      return 'reconnect';
    default:
      return null;
  }
}

/** The host's own `client_version` may be missing: older variants have none, which counts as the empty one. */
function joinSuccessIn({ players, client_version = '' }: Fields): JoinSuccess | null {
  if (typeof players !== 'object' || players === null || typeof client_version !== 'string') return null;
  const entries = Object.entries(players).map(([sessionId, player]) => entryIn(sessionId, player));
  if (!entries.every((entry) => entry !== null)) return null;
  return { type: 'join-success', clientVersion: client_version, players: entries };
}

function entryIn(sessionId: string, player: unknown): Entry | null {
  if (typeof player !== 'object' || player === null) return null;
  const { peer_id, spectator } = player as Fields;
  return Number.isInteger(peer_id)
    ? { sessionId, peerId: peer_id as number, spectator: spectator === true }
    : null;
}

function joinErrorIn({ target, reason, code }: Fields): JoinError | null {
  if (!isNonEmptyString(target) || typeof reason !== 'string') return null;
  return { type: 'join-error', target, reason, code: Number.isInteger(code) ? (code as number) : null };
}

function joinRequestIn({ client_version = null, spectator }: Fields): JoinRequest | null {
  if (client_version !== null && typeof client_version !== 'string') return null;
  return { type: 'join-request', clientVersion: client_version, spectator: spectator === true };
}

function linkReportIn({ peer, state }: Fields): LinkReported | null {
  const isState = state === 'connecting' || state === 'connected' || state === 'failed';
  return isNonEmptyString(peer) && isState ? { type: 'link-reported', peer, state } : null;
}
