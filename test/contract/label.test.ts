import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, eventually, newBots, seal } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Host } from '../../kit/servers/host.ts';

const labelOf = async (host: Host, matchId: string) => {
  const listed = (await host.listMatches()).find(({ match_id }) => match_id === matchId);
  return listed && JSON.parse(listed.label);
};

onBothHosts('label', (world) => {
  test('says what a listing needs and follows the room', async () => {
    const [creator, other] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator, { max_players: 3, client_version: '2024-01-05' });
    const fixed = {
      kind: 'online_match',
      min_players: 2,
      max_players: 3,
      client_version: '2024-01-05',
      version_key: `v${Buffer.from('2024-01-05').toString('hex')}`,
      online_match: 'private',
      has_password: false,
      name_key: 'n',
      properties: {},
      code_key: expect.stringMatching(/^c[0-9a-f]{16}$/),
      listed: [],
      players_key: expect.stringMatching(/^p\d+$/),
      serial: expect.stringMatching(/^s\d+$/),
    };
    const shows = (phase: string) =>
      eventually(
        creator,
        () => labelOf(world.host, match_id),
        (label) => label?.phase === phase,
      );
    expect(await shows('waiting')).toEqual({
      ...fixed,
      phase: 'waiting',
      players: 0,
      open_seats: 2,
      host: null,
    });

    await creator.join(match_id);
    const host = creator.account.username;
    expect(await shows('gathering')).toEqual({
      ...fixed,
      phase: 'gathering',
      players: 1,
      open_seats: 2,
      host,
    });

    await other.join(match_id);
    expect(await shows('ready')).toEqual({ ...fixed, phase: 'ready', players: 2, open_seats: 1, host });

    await seal(creator, match_id);
    expect(await shows('sealed')).toEqual({ ...fixed, phase: 'sealed', players: 2, open_seats: 0, host });

    await creator.leave(match_id);
    expect(await shows('closed')).toEqual({
      ...fixed,
      phase: 'closed',
      players: 1,
      open_seats: 0,
      host: null,
    });
  });
});
