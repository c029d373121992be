import type { LightBot } from '../../../kit/players/light-bot.ts';
import type { Envelope } from '../../../kit/players/wire.ts';
import type { Crew } from '../crew.ts';
import type { Attack } from './cost.ts';
import { flood } from './flood.ts';
import { roomsOf } from './ground.ts';

/** HTTP calls of one user that are open at once. */
const LANES = 2;
const BYTES = 100_000;

/** The worst that one user can ask for, over HTTP and a socket. `others` have a room of their own. */
export async function callAttacks(
  crew: Crew,
  user: LightBot,
  others: readonly LightBot[],
): Promise<Attack[]> {
  const { host } = crew.world;
  const [room] = await roomsOf(others);
  const matchId = room?.matchId ?? '';
  const calls: readonly (readonly [string, object])[] = [
    ['create_online_match', {}],
    ['seal_online_match', { match_id: matchId, sealed: true }],
    ['get_online_match', { match_id: matchId }],
    ['get_ice_servers', {}],
  ];
  const rpcs = calls.map(([id, payload]) => ({ rpc: { id, payload: JSON.stringify(payload) } }));
  const overHttp = inLanes((turn) => {
    const [id, payload] = calls[turn % calls.length] as (typeof calls)[number];
    return host.callRpc(user.account, id, payload);
  });
  const bySocket = (envelopes: readonly object[]): Attack['run'] => {
    const frames = envelopes.map((envelope) => JSON.stringify(envelope));
    return (isOver) => flood([{ player: user, frames }], null, isOver);
  };
  const join: Envelope = { match_join: { match_id: matchId } };
  const leave: Envelope = { match_leave: { match_id: matchId } };
  return [
    { name: 'one user: calls over HTTP', run: overHttp },
    { name: 'one user: calls over a socket', run: bySocket(rpcs) },
    { name: 'one user: joins and leaves, not waiting', run: bySocket([join, leave]) },
    { name: 'one user: create_match, again and again', run: bySocket([{ match_create: {} }]) },
    { name: 'one user: tickets with odd properties', run: bySocket(TICKETS) },
    {
      name: 'one user: objects of 100 KB into the storage',
      isNakamas: true,
      run: inLanes((turn) =>
        host.writeStorage(user.account, 'online_match', `creations/${turn % LANES}`, {
          x: 'x'.repeat(BYTES),
        }),
      ),
    },
  ];
}

/** So many calls at once, each followed by the next. */
function inLanes(call: (turn: number) => Promise<unknown>): Attack['run'] {
  return async (isOver) => {
    let sent = 0;
    const lane = async () => {
      while (!isOver()) await call(sent++);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return sent;
  };
}

const ticket = (string_properties: object, numeric_properties: object): object => ({
  matchmaker_add: { min_count: 2, max_count: 4, query: '*', string_properties, numeric_properties },
});

const TICKETS = [
  ticket({ client_version: 'x'.repeat(16_000) }, {}),
  ticket({ client_version: 'dev' }, { online_match_version: 1e300, online_match_min: -1, client_version: 7 }),
  ticket({ online_match: '1', online_match_max: '{}' }, { online_match_max: 1e9 }),
  ticket(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key ${i}`, '*:*'])), {}),
];
