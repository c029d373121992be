import type { MatchmakerMatched, Socket } from '@heroiclabs/nakama-js';
import { encodeJoinMetadata } from '../../../src/protocol/join-metadata.ts';
import { decodeCreated, encodeCreateRequest } from '../../../src/protocol/rpcs/create-online-match.ts';
import { OnlineMatchError } from './errors.ts';
import { matchedPlayers } from './matched-players.ts';
import type { FindMatch } from './participation-context.ts';
import type { Player } from './roster.ts';
import type { Settings } from './settings.ts';
import type { SeatNote } from './tab-storage.ts';

/** What to look for; beside this, only clients of the same version are matched. */
export interface MatchmakingRequest {
  /** In Nakama's query syntax; `*`. */
  readonly query?: string;
  readonly stringProperties?: Readonly<Record<string, string>>;
  readonly numericProperties?: Readonly<Record<string, number>>;
  /** Not fewer than `minPlayers`. */
  readonly minCount?: number;
  /** Not more than `maxPlayers`. */
  readonly maxCount?: number;
}

/** Has the server make a match, and joins it. */
export function byCreating(socket: Socket, settings: Settings): FindMatch {
  const { minPlayers, maxPlayers, clientVersion } = settings;
  return async (matchSocket, wait) => {
    const request = encodeCreateRequest({ minPlayers, maxPlayers, clientVersion });
    const { payload } = await wait(socket.rpc('create_online_match', request));
    const matchId = decodeCreated(textOf(payload));
    if (matchId === null) throw new OnlineMatchError('unknown', 'The server did not make a match.');
    const match = await wait(matchSocket.join({ matchId }, clientVersion));
    return { match, matched: null, event: 'matchCreated' };
  };
}

/** Joins the match with this id. */
export function byId(matchId: string, { clientVersion }: Settings): FindMatch {
  return async (matchSocket, wait) => {
    const match = await wait(matchSocket.join({ matchId }, clientVersion));
    return { match, matched: null, event: 'matchJoined' };
  };
}

/** Comes back to a seat after a reload, which has left nothing of the links. */
export function byResuming({ matchId, peerId, clientVersion, isPlaying }: SeatNote): FindMatch {
  return async (matchSocket, wait) => {
    const match = await wait(matchSocket.join({ matchId }, clientVersion, { peerId, fresh: true }));
    return { match, matched: null, event: 'matchJoined', isPlaying };
  };
}

/** Joins the match into which the matchmaker puts this player with others. */
export function byMatchmaking(
  socket: Socket,
  request: MatchmakingRequest,
  settings: Settings,
  onMatched: (players: readonly Player[]) => void,
): FindMatch {
  const { clientVersion } = settings;
  return async (matchSocket, wait) => {
    const message = await matchSocket.matchmake(wait, () => addTicket(socket, request, settings));
    const matched = matchedPlayers(message);
    onMatched(matched);
    const match = await wait(matchSocket.join(destinationIn(message), clientVersion));
    return { match, matched, event: null };
  };
}

/** The ticket is marked as this library's, for servers that make rooms for marked tickets only. */
function addTicket(socket: Socket, request: MatchmakingRequest, settings: Settings) {
  const { query = '*', minCount = 0, maxCount = Number.POSITIVE_INFINITY } = request;
  return socket.addMatchmaker(
    query,
    withinBounds(minCount, settings),
    withinBounds(maxCount, settings),
    { ...request.stringProperties, ...encodeJoinMetadata(settings.clientVersion) },
    { ...request.numericProperties },
  );
}

/** Nakama's matchmaker makes no match of one. */
function withinBounds(count: number, { minPlayers, maxPlayers }: Settings): number {
  return Math.max(2, minPlayers, Math.min(count, maxPlayers));
}

function destinationIn({ match_id: matchId, token }: MatchmakerMatched) {
  return matchId ? { matchId } : { token };
}

/** The types say that nakama-js parses it, which it does for HTTP only. */
function textOf(payload: unknown): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
}
