import { type Fields, type Marks, parseBounded } from '../fields.ts';
import { joinErrorIn } from '../join-error.ts';
import { joinRequestIn } from '../join-request.ts';
import { joinSuccessIn, MAX_LISTED_PLAYERS } from '../join-success.ts';
import { linkReportIn } from '../link-report.ts';
import { OpCode, OpCodeR } from '../opcodes.ts';
import { peerMethodIn } from '../peer-method.ts';
import { STATUS_MARKS, statusIn } from '../status.ts';
import type { Content, Dialect, Utterance } from './dialect.ts';

/** A description has no field that is a list or an object, and its text neither quotes nor many commas. */
const FLAT: Marks = { quotes: 128, commas: 256, brackets: 16 };
/** Five fields for each player, three of them texts. */
const LISTING: Marks = { quotes: 20 * MAX_LISTED_PLAYERS, commas: 6 * MAX_LISTED_PLAYERS, brackets: 16 };

const MARKS: { readonly [opCode: number]: Marks } = {
  [OpCode.WEBRTC_PEER_METHOD]: FLAT,
  [OpCode.JOIN_SUCCESS]: LISTING,
  [OpCode.JOIN_ERROR]: FLAT,
  [OpCodeR.JOIN_SUCCESS]: LISTING,
  [OpCode.LINK]: FLAT,
  [OpCode.STATUS]: STATUS_MARKS,
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
    case OpCode.STATUS:
      return utterance(statusIn(fields), null);
    default:
      return null;
  }
}

function utterance(content: Content | null, dialect: Dialect | null): Utterance | null {
  return content === null ? null : { content, dialect };
}

function isForeign({ method, node_path, target }: Fields): boolean {
  return method === undefined || (typeof node_path === 'string' && target === undefined);
}
