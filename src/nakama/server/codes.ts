import { CODE_LENGTH, codeFrom } from '../../protocol/code.ts';
import { serialAt } from '../../protocol/label.ts';
import type { Sign } from '../../room/profile.ts';
import { labelOfMatch } from './match-label.ts';

// Which room has which code: this node's cache knows for a day, and after that, and on other nodes, Nakama's index
// of labels. The cache also keeps codes of rooms that ended from being given again soon.

const DAY_SEC = 24 * 60 * 60;
const cacheKeyOf = (code: string) => `online_match/code/${code}`;

/** Stands in the cache for the id of a room that is being made. */
const NO_ID = '';

/** A code that no living room of the server has, and none had for a day. */
export function newSign(nk: nkruntime.Nakama): Sign {
  for (;;) {
    const code = codeFrom([...new Uint8Array(nk.secureRandomBytes(4 * CODE_LENGTH))]);
    if (code === null || nk.localcacheGet(cacheKeyOf(code)) !== undefined) continue;
    const codeKey = codeKeyOf(nk, code);
    if (findInIndex(nk, codeKey) !== null) continue;
    nk.localcachePut(cacheKeyOf(code), NO_ID, DAY_SEC);
    return { code, codeKey, serial: serialAt(Date.now(), Math.random()) };
  }
}

/** Of a room that was made, and again of one that ends. */
export function rememberCode(nk: nkruntime.Nakama, code: string, matchId: string): void {
  nk.localcachePut(cacheKeyOf(code), matchId, DAY_SEC);
}

/** The id of the living room that has the code, or null. */
export function matchWithCode(nk: nkruntime.Nakama, code: string): string | null {
  const cached: string | undefined = nk.localcacheGet(cacheKeyOf(code));
  if (cached !== undefined) return labelOfMatch(nk, cached) === null ? null : cached;
  const found = findInIndex(nk, codeKeyOf(nk, code));
  if (found !== null) rememberCode(nk, code, found);
  return found;
}

/**
 * A word that queries find. Whoever sees it could find the code by trying them all; but whoever sees a label has the
 * match's id beside it, and that lets in whomever the code does.
 */
function codeKeyOf(nk: nkruntime.Nakama, code: string): string {
  return `c${nk.sha256Hash(`online_match/${code}`).slice(0, 16)}`;
}

function findInIndex(nk: nkruntime.Nakama, codeKey: string): string | null {
  const [match] = nk.matchList(1, true, null, null, null, `+label.code_key:${codeKey}`);
  return match?.matchId ?? null;
}
