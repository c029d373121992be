import { AddonPlayer } from '../../kit/addon/addon-player.ts';
import { expectGame, newBridges, testGames, ways } from './bridge-game.ts';
import { createdInOrder, expectMesh, joinAll, newPlayers, timesOf } from './steps.ts';
import { withNakama } from './world.ts';

/** Which `create_match` the server answers with a room, and that other games never notice. */

/** Whether Nakama says of the match that this player made that a match handler runs it. */
const isAdopted = (player: AddonPlayer) => player.bot.all('match')[0]?.authoritative === true;

const marked = { vars: { online_match: 'yes' } };

describe.each(['all', 'marked', 'off'] as const)('with ONLINE_MATCH_ADOPT_MATCH_CREATE=%s', (adopt) => {
  const world = withNakama({ env: { ONLINE_MATCH_ADOPT_MATCH_CREATE: adopt } });

  test.each([
    ['unmarked', {}, adopt === 'all'],
    ['marked', marked, adopt !== 'off'],
  ])('a match that an %s session creates is a room as it should be, and is ready', async (_, session, is) => {
    const newcomers = () => newPlayers(world.host, timesOf(2, 'U'), { ...session, isPolling: true });
    const { players, matchId } = await createdInOrder(newcomers);
    await joinAll(matchId, players);
    await expectMesh(players);
    expect(isAdopted(players[0] as AddonPlayer)).toBe(is);
  });

  test('a named match is never a room', async () => {
    const [player] = (await newPlayers(world.host, ['U'], marked)) as [AddonPlayer];
    player.bot.post({ cid: 'named', match_create: { name: 'meadow' } });
    expect((await player.bot.next('match')).authoritative).toBeUndefined();
  });

  testGames(world, 4);

  test('a game with the bridge hears who leaves, and goes on', async () => {
    const players = await newBridges(world.host, 3);
    await ways['a created match']?.(players);
    await expectGame(players);
    const [leaver] = players.splice(2, 1);
    leaver?.bot.terminate();
    for (const player of players)
      await player.next('peer_disconnected', (id) => id === leaver?.bridge.myPeerId);
    for (const player of players) expect(player.bridge.peerIds).toHaveLength(2);
  });
});

describe('when a room cannot be made', () => {
  const world = withNakama({ env: { ONLINE_MATCH_CREATIONS_PER_MINUTE: '1' } });

  test('the player gets a relayed match, and the log says it once', async () => {
    // One user on three sockets, since the bound is each user's own.
    const account = await world.host.signIn();
    const bots = await Promise.all(timesOf(3, account).map((one) => world.host.connect(one)));
    const players = bots.map((bot) => new AddonPlayer(bot, 'U', { isPolling: true }));
    for (const player of players) await player.create();

    expect(players.map(isAdopted)).toEqual([true, false, false]);
    const told = world.host.server.log().filter((line) => line.includes('create_match gets a relayed match'));
    expect(told).toEqual([expect.stringContaining('too-many-rooms')]);
  });
});
