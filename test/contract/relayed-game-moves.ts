import type { Actor } from '../../kit/relayed-game/actor.ts';
import type { Stage } from '../../kit/relayed-game/stage.ts';

export const GREETING = 1;
export const MOVE = 7;

/** Opcodes that the addon or this module use too. */
export const SHARED = [9001, 9002, 9003, 9004, 9010, 9011];

export const BINARY = [0, 255, 1, 254, 123, 34];

export type Trio = [Actor, Actor, Actor];

/** Three in a match that the first made, who has not said anything. */
export async function gather(stage: Stage, names = ['anna', 'ben', 'carl']): Promise<[string, ...Trio]> {
  const cast = (await stage.enter(...names)) as Trio;
  const matchId = await stage.create(cast[0]);
  for (const joiner of cast.slice(1)) await stage.join(joiner, matchId);
  return [matchId, ...cast];
}

export const crowd = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `p${String(from + i).padStart(2, '0')}`);

export async function exchange(stage: Stage, players: readonly Actor[]): Promise<void> {
  for (const player of players) await stage.send(player, MOVE, `${player.name} moves`);
}

let pools = 0;

interface Ticket {
  readonly query: string;
  readonly properties: Record<string, string>;
}

/** These search, and all that are found, `more` too, join with the token; the id of their match. */
export async function search(
  stage: Stage,
  searching: readonly Actor[],
  add: (actor: Actor, ticket: Ticket) => Promise<unknown>,
  more: readonly Actor[] = [],
): Promise<string> {
  const pool = `game${++pools}`;
  stage.call(pool, 'a pool');
  const ticket = { query: `+properties.pool:${pool}`, properties: { pool } };
  const tokens = await stage.during('they are matched', async () => {
    for (const actor of searching) await add(actor, ticket);
    return Promise.all(
      [...searching, ...more].map(async (actor) => {
        const { matchmaker_matched: found } = await actor.next(
          (each) => each.matchmaker_matched !== undefined,
          'others',
        );
        actor.self = found?.self.presence;
        return [actor, found?.token ?? '', found?.match_id ?? ''] as const;
      }),
    );
  });
  let matchId = '';
  for (const [actor, token, id] of tokens) matchId = await stage.join(actor, id, token);
  return matchId;
}
