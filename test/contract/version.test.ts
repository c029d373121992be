import { onBothHosts } from '../../kit/contract/hosts.ts';

import { createRoom, enter, gather, newBot, Op, refusalOf } from '../../kit/contract/steps.ts';
import { jsonOf } from '../../kit/players/wire.ts';

const long = 'v'.repeat(65);

onBothHosts('client version', (world) => {
  test('admits a client that does not say its version and tells it the room’s', async () => {
    const { room } = await gather(world.host, 1, { client_version: '1.0', max_players: 3 });

    const { client_version } = await enter(await newBot(world.host), room.match_id);

    expect(client_version).toBe('1.0');
  });

  test('refuses a client of another version and names the one required', async () => {
    const { room } = await gather(world.host, 1, { client_version: '1.0', max_players: 3 });
    const stranger = await newBot(world.host);

    const refusal = await refusalOf(stranger.join(room.match_id, { client_version: '2.0' }));

    expect(refusal).toBe('version-mismatch: this match is for client version "1.0", yours is "2.0"');
    expect((await enter(stranger, room.match_id, { client_version: '1.0' })).client_version).toBe('1.0');
  });

  test('takes the version from the session variable where the join does not say it', async () => {
    const { room } = await gather(world.host, 1, { client_version: '1.0', max_players: 3 });
    const old = await newBot(world.host, { client_version: '0.9' });
    const current = await newBot(world.host, { client_version: '1.0' });

    expect(await refusalOf(old.join(room.match_id))).toMatch(/^version-mismatch: .*"1\.0".*"0\.9"/);
    await enter(current, room.match_id);
  });

  test('refuses a client whose join and session name different versions', async () => {
    const { room } = await gather(world.host, 1, { max_players: 3 });
    const bot = await newBot(world.host, { client_version: '1.0' });

    expect(await refusalOf(bot.join(room.match_id, { client_version: '2.0' }))).toMatch(/^bad-request: /);
  });

  test('refuses a version of more than 64 characters', async () => {
    const { room } = await gather(world.host, 1, { max_players: 3 });
    const bot = await newBot(world.host);

    expect(await refusalOf(bot.join(room.match_id, { client_version: long }))).toMatch(/^bad-request: /);
    expect(await refusalOf(createRoom(bot, { client_version: long }))).toMatch(
      /^bad-request: .*client_version/,
    );
  });

  test('gives a room without one the first version a joiner names', async () => {
    const creator = await newBot(world.host);
    const { match_id, client_version } = await createRoom(creator, { max_players: 3 });
    expect(client_version).toBeNull();

    await enter(creator, match_id, { client_version: '1.2.3-rc.1' });

    const other = await newBot(world.host);
    expect(await refusalOf(other.join(match_id, { client_version: '1.2.3' }))).toMatch(/"1\.2\.3-rc\.1"/);
    expect((await enter(other, match_id)).client_version).toBe('1.2.3-rc.1');
  });

  test('takes none from a stranger who comes before the creator', async () => {
    const [creator, stranger] = [await newBot(world.host), await newBot(world.host)];
    const { match_id } = await createRoom(creator, { max_players: 3 });
    await stranger.join(match_id, { client_version: 'wrong' });

    expect((await enter(creator, match_id, { client_version: '1.0' })).client_version).toBe('1.0');
    expect(jsonOf(await stranger.nextData(Op.JOIN_ERROR))).toMatchObject({ refusal: 'version-mismatch' });
  });

  test('says the addon’s own default where nobody names a version', async () => {
    const creator = await newBot(world.host);
    const { match_id } = await createRoom(creator);

    expect((await enter(creator, match_id)).client_version).toBe('dev');
  });
});

onBothHosts(
  'client version, required',
  (world) => {
    test('refuses a client that does not say its version', async () => {
      const { match_id } = await createRoom(await newBot(world.host), { client_version: '1.0' });
      const bot = await newBot(world.host);

      expect(await refusalOf(bot.join(match_id))).toMatch(/^version-required: .*"1\.0"/);
      await bot.join(match_id, { client_version: '1.0' });
    });
  },
  { env: { ONLINE_MATCH_VERSION_POLICY: 'required' } },
);
