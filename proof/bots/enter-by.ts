import { randomUUID } from 'node:crypto';
import type { Match, MatchmakerMatched } from '@heroiclabs/nakama-js';
import { decodeCreated } from '../../src/protocol/rpcs/create-online-match.ts';
import type { LoadPlayer } from './load-player.ts';
import { type Learns, type Seat, VERSION } from './seat.ts';
import type { Tally } from './tally.ts';
import { during, trouble } from './trouble.ts';
import type { Way } from './ways.ts';

/** The round that gathers. */
interface Round {
  readonly players: readonly [LoadPlayer, ...LoadPlayer[]];
  readonly tally: Tally;
  seat(player: LoadPlayer, learns: Learns, ask: () => Promise<Match>): Promise<Seat>;
}

/** Seats all of a round's players in one match. */
export const enterBy: { readonly [way in Way]: (round: Round) => Promise<unknown> } = {
  matchmaker: async (round) => {
    const pool = randomUUID().replaceAll('-', '');
    const matched = await Promise.all(round.players.map((player) => findOthers(round, player, pool)));
    const ids = new Set(matched.map(({ match_id }) => match_id));
    const [matchId = ''] = ids;
    if (ids.size > 1) throw trouble('matchmake', 'parted', 'the players of one pool got several matches');
    if (!matchId) throw trouble('matchmake', 'relayed', RELAYED);
    return all(round.players, (player) =>
      round.seat(player, 'matched', () => player.socket.joinMatch(matchId)),
    );
  },

  rpc: async (round) => {
    const [creator] = round.players;
    const request = { max_players: round.players.length, client_version: VERSION };
    const { payload = '' } = await during(
      'create',
      asked(round, creator, () => creator.socket.rpc('create_online_match', JSON.stringify(request))),
    );
    const matchId = decodeCreated(payload)?.matchId ?? null;
    if (matchId === null) throw trouble('create', 'no-match-id', `create_online_match answered ${payload}`);
    return all(round.players, (player) => join(round, player, matchId));
  },

  create_match: async (round) => {
    const [creator, ...others] = round.players;
    const make = () =>
      during(
        'create',
        asked(round, creator, () => creator.socket.createMatch()),
      );
    const { matchId } = await round.seat(creator, 'host', make);
    return all(others, (player) => join(round, player, matchId));
  },
};

export const RELAYED =
  "the server made a match of Nakama's own: does it have the module, and does it adopt these?";

/** Only players of one pool find each other, so that a round's players come together. */
async function findOthers(
  { players, tally }: Round,
  player: LoadPlayer,
  pool: string,
): Promise<MatchmakerMatched> {
  const askedAt = performance.now();
  const found = new Promise<MatchmakerMatched>((resolve) => {
    player.onMatched = resolve;
  });
  const count = players.length;
  const properties = { pool, client_version: VERSION };
  await during(
    'matchmake',
    player.socket.addMatchmaker(`+properties.pool:${pool}`, count, count, properties),
  );
  const matched = await found;
  tally.time('matched', performance.now() - askedAt);
  return matched;
}

async function asked<T>({ tally }: Round, creator: LoadPlayer, ask: () => Promise<T>): Promise<T> {
  creator.madeRoomAt = performance.now();
  const answer = await ask();
  tally.time('created', performance.now() - creator.madeRoomAt);
  return answer;
}

function join(round: Round, player: LoadPlayer, matchId: string): Promise<unknown> {
  const ask = (): Promise<Match> => player.socket.joinMatch(matchId, undefined, { client_version: VERSION });
  return round.seat(player, 'listed', ask);
}

function all<T>(players: readonly LoadPlayer[], act: (player: LoadPlayer) => Promise<T>): Promise<T[]> {
  return Promise.all(players.map(act));
}
