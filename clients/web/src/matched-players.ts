import type { MatchmakerMatched } from '@heroiclabs/nakama-js';
import { CONNECTING, type Player } from './roster.ts';

/** The players of a matchmaker's message. Their peer ids are 1…n by sorted session ids, as every client counts. */
export function matchedPlayers({ users }: MatchmakerMatched): readonly Player[] {
  return users
    .map(({ presence }) => presence)
    .sort((a, b) => (a.session_id < b.session_id ? -1 : 1))
    .map(({ session_id, user_id, username }, index) => ({
      sessionId: session_id,
      userId: user_id,
      username,
      peerId: index + 1,
      spectator: false,
      announced: false,
      can: [],
      ...CONNECTING,
      away: false,
      awaySec: null,
      generation: 0,
      ready: false,
      properties: {},
    }));
}
