import type { Bot } from '../players/bot.ts';
import type { Matched, Ticket } from '../players/wire.ts';
import type { Host } from '../servers/host.ts';
import { newBots } from './steps.ts';

let pools = 0;

/** Another game's ticket: it meets only those of the same call, as games keep theirs apart. */
export function bareTicket(min: number, max = min): Ticket {
  const pool = `pool${++pools}`;
  return { min_count: min, max_count: max, query: `+properties.pool:${pool}`, string_properties: { pool } };
}

export const withVersion = (ticket: Ticket, version: string): Ticket => ({
  ...ticket,
  string_properties: { ...ticket.string_properties, client_version: version },
});

/** The same as the addon and the library send it: it names its version. */
export const poolOf = (min: number, max = min): Ticket => withVersion(bareTicket(min, max), 'dev');

/** So many bots that the matchmaker has put together, and what it told each. */
export async function matched(
  host: Host,
  count: number,
  ticket = poolOf(count),
): Promise<[Bot[], Matched[]]> {
  const bots = await newBots(host, count);
  for (const bot of bots) await bot.addMatchmaker(ticket);
  return [bots, await Promise.all(bots.map((bot) => bot.next('matchmaker_matched')))];
}
