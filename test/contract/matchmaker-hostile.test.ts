import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBots, refusalOf, viewRoom } from '../../kit/contract/steps.ts';
import { poolOf, withVersion } from '../../kit/contract/tickets.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Ticket } from '../../kit/players/wire.ts';

/** Tickets that say more than their sender's wishes: whatever they claim, the others get their rooms. */

const PROPERTIES = ['online_match_version', 'online_match_min', 'online_match_max', 'client_version'];

interface Forged extends Pick<Ticket, 'numeric_properties' | 'string_properties'> {
  /** Before the ticket's own query. */
  readonly query?: string;
}

const NUMBERS = [0, 1, 2.5, -7, 99];

const forgeries: Record<string, Forged> = {
  ...Object.fromEntries(
    PROPERTIES.map((name, i) => [`a number as ${name}`, { numeric_properties: { [name]: NUMBERS[i] ?? 1 } }]),
  ),
  'numbers everywhere': {
    numeric_properties: Object.fromEntries(PROPERTIES.map((name, i) => [name, NUMBERS[i] ?? 1])),
  },
  'texts for the counts': { string_properties: { online_match_min: '99', online_match_max: 'x' } },
  'another version for the module’s': {
    string_properties: { online_match_version: `v${Buffer.from('1.1').toString('hex')}` },
  },
  'a query that makes the module’s clause fuzzy': { query: '~2 ' },
  'a query that weighs the module’s clause': { query: '^0 ' },
};

const forged = (ticket: Ticket, { query = '', ...forgery }: Forged): Ticket => ({
  ...ticket,
  ...forgery,
  string_properties: { ...ticket.string_properties, ...forgery.string_properties },
  query: `${query}${ticket.query}`,
});

onBothHosts('beside hostile tickets', (world) => {
  /** Every honest player is in a room of its version, with the seats that it asked for. */
  async function expectRooms(players: Bot[], version: string): Promise<void> {
    for (const player of players) {
      const { match_id, users } = await player.next('matchmaker_matched');
      expect(match_id).toBeTruthy();
      expect(users).toHaveLength(2);
      for (const { string_properties } of users) expect(string_properties?.client_version).toBe(version);
      await player.join(match_id ?? '');
      expect(await viewRoom(player, match_id ?? '')).toMatchObject({
        min_players: 2,
        max_players: 2,
        client_version: version,
      });
    }
  }

  /** Of the honest players' version, which may find them, of another and of none, which may not. */
  function hostileTo(ticket: Ticket, forgery: Forged): Ticket[] {
    const { pool = '' } = ticket.string_properties ?? {};
    const bare = { ...ticket, string_properties: { pool } };
    return [ticket, ticket, withVersion(ticket, '1.1'), bare].map((one) => forged(one, forgery));
  }

  /** Who searches first is luck on a real server. */
  const times = async (scene: () => Promise<void>) => {
    await Promise.all(Array.from({ length: world.isFake ? 1 : 4 }, scene));
  };

  const expectRoomsBeside = (forgery: Forged, search: (bot: Bot, ticket: Ticket) => Promise<unknown>) =>
    times(async () => {
      const ticket = withVersion(poolOf(2), '1.0');
      const hostile = hostileTo(ticket, forgery);
      const bots = await newBots(world.host, hostile.length);
      const honest = await newBots(world.host, 8);
      for (const [i, bot] of bots.entries()) await search(bot, hostile[i] as Ticket);
      for (const player of honest) await player.addMatchmaker(ticket);

      await expectRooms(honest, '1.0');
    });

  test.each(Object.entries(forgeries))('honest groups get their rooms: %s', (_, forgery) =>
    expectRoomsBeside(forgery, (bot, ticket) => refusalOf(bot.addMatchmaker(ticket))),
  );

  test.each(Object.entries(forgeries))('honest groups get their rooms beside parties: %s', (_, forgery) =>
    expectRoomsBeside(forgery, async (bot, ticket) => {
      const party = await bot.createParty();
      return refusalOf(bot.addPartyMatchmaker(party, ticket));
    }),
  );
});
