import {
  type Content,
  type Dialect,
  type Entry,
  isSessionId,
  type JoinError,
  type JoinRequest,
  type JoinSuccess,
  type LinkReported,
  MAX_ENTRIES,
  MAX_REASON_LENGTH,
  type PeerMethod,
  type Utterance,
} from './content.ts';
import { isNonEmptyString, type Marks, parseBounded } from './fields.ts';
import { OpCode, OpCodeR } from './opcodes.ts';
import { isVersion } from './version.ts';

/** A description has no field that is a list or an object, and its text neither quotes nor many commas. */
const FLAT: Marks = { quotes: 128, commas: 256, brackets: 16 };
/** Five fields for each player, three of them texts. */
const LISTING: Marks = { quotes: 20 * MAX_ENTRIES, commas: 6 * MAX_ENTRIES, brackets: 16 };

const MARKS: { readonly [opCode: number]: Marks } = {
  [OpCode.WEBRTC_PEER_METHOD]: FLAT,
  [OpCode.JOIN_SUCCESS]: LISTING,
  [OpCode.JOIN_ERROR]: FLAT,
  [OpCodeR.JOIN_SUCCESS]: LISTING,
  [OpCode.LINK]: FLAT,
};

/**
 * Reads match data of the dialects A and R. Null when a field is missing or of another type, since the addon's
 * own receiver would stop with a script error on it, and when it is more than any client has to say.
 */
export function decodeJson(opCode: number, text: string): Utterance | null {
  const marks = MARKS[opCode];
  const fields = marks === undefined ? null : parseBounded(text, marks);
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
  if (kind === null || !isSessionId(fields.target)) return null;
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
  if (typeof players !== 'object' || players === null || !isVersion(client_version)) return null;
  const listed = Object.entries(players);
  if (listed.length > MAX_ENTRIES) return null;
  const entries = listed.map(([sessionId, player]) => entryIn(sessionId, player));
  if (!entries.every((entry) => entry !== null)) return null;
  return { type: 'join-success', clientVersion: client_version, players: entries };
}

function entryIn(sessionId: string, player: unknown): Entry | null {
  if (!isSessionId(sessionId) || typeof player !== 'object' || player === null) return null;
  const { peer_id, spectator } = player as Fields;
  return Number.isInteger(peer_id)
    ? { sessionId, peerId: peer_id as number, spectator: spectator === true }
    : null;
}

function joinErrorIn({ target, reason, code }: Fields): JoinError | null {
  if (!isSessionId(target) || typeof reason !== 'string' || reason.length > MAX_REASON_LENGTH) return null;
  return { type: 'join-error', target, reason, code: Number.isInteger(code) ? (code as number) : null };
}

function joinRequestIn({ client_version = null, spectator }: Fields): JoinRequest | null {
  if (client_version !== null && !isVersion(client_version)) return null;
  return { type: 'join-request', clientVersion: client_version, spectator: spectator === true };
}

function linkReportIn({ peer, state }: Fields): LinkReported | null {
  const isState = state === 'connecting' || state === 'connected' || state === 'failed';
  return isSessionId(peer) && isState ? { type: 'link-reported', peer, state } : null;
}
