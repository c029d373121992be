import type { MatchmakerMatched, Socket } from '@heroiclabs/nakama-js';
import { encodeJoinMetadata } from '../../../src/protocol/join-metadata.ts';
import { decodeCreated } from '../../../src/protocol/rpcs/create-online-match.ts';
import { decodeQuick, encodeQuickRequest } from '../../../src/protocol/rpcs/join-or-create-online-match.ts';
import type { WantedFields } from '../../../src/protocol/rpcs/list-online-matches.ts';
import { ask } from './ask.ts';
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

export interface JoinOptions {
  /** Of a match that has one: whoever has it comes in. */
  readonly password?: string | undefined;
}

/** Has the server make a match, and joins it. */
export function byCreating(socket: Socket, create: object, { clientVersion }: Settings): FindMatch {
  return async (matchSocket, wait) => {
    const made = decodeCreated(await wait(ask(socket, 'create_online_match', JSON.stringify(create))));
    if (made === null) throw new OnlineMatchError('unknown', 'The server did not make a match. Try again.');
    const match = await wait(matchSocket.join({ matchId: made.matchId }, clientVersion));
    return { match, matched: null, event: 'matchCreated', code: made.code };
  };
}

/** Joins a public match that fits, in which the server keeps a seat, or a new one. */
export function byQuickPlay(
  socket: Socket,
  wanted: WantedFields,
  create: object,
  { clientVersion }: Settings,
): FindMatch {
  return async (matchSocket, wait) => {
    const request = encodeQuickRequest(wanted, create);
    const found = decodeQuick(await wait(ask(socket, 'join_or_create_online_match', request)));
    if (found === null) throw new OnlineMatchError('unknown', 'The server found no match. Try again.');
    const match = await wait(matchSocket.join({ matchId: found.matchId }, clientVersion));
    const event = found.created ? 'matchCreated' : 'matchJoined';
    return { match, matched: null, event, code: found.code };
  };
}

/** Joins the match with this id or code. */
export function byId(matchId: string, password: string | null, { clientVersion }: Settings): FindMatch {
  return async (matchSocket, wait) => {
    const match = await wait(matchSocket.join({ matchId }, clientVersion, { password }));
    return { match, matched: null, event: 'matchJoined' };
  };
}

/** Comes back to a seat after a reload, which has left nothing of the links. */
export function byResuming({ matchId, peerId, clientVersion, isPlaying }: SeatNote): FindMatch {
  return async (matchSocket, wait) => {
    const match = await wait(
      matchSocket.join({ matchId }, clientVersion, { resumption: { peerId, fresh: true } }),
    );
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
