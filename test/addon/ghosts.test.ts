import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import { createAndJoin, expectMesh, matchmake, newPlayers, timesOf } from './steps.ts';
import { serverMade, withNakama } from './world.ts';

/** Players who come and go at once, and links that break: nobody is left behind in anybody's game. */

const world = withNakama();

/** They join and leave again before they know whether they are in; half of them just go away. */
async function haste(matchId: string, variant: VariantName, count: number): Promise<void> {
  const hasty = await newPlayers(world.host, timesOf(count, variant));
  await Promise.all(
    hasty.map(async (player, i) => {
      player.match.joinMatch(matchId);
      await player.next('match_joined');
      if (i % 2 === 0) player.match.leave();
      else player.bot.terminate();
      if (i % 2 === 0) await player.untilLobby();
    }),
  );
}

describe.each(['U', 'M', 'X', 'R', 'C'] as const)('%s is ready with those who stay', (variant) => {
  const dialect = variant === 'R' || variant === 'C' ? variant : 'A';

  test.each(['a player', 'the server'])('after others came and went, in a match that %s made', async (by) => {
    const players = await newPlayers(world.host, timesOf(3, variant), {
      maxPlayers: 16,
      maxTotalPlayers: 16,
    });
    const [creator, friend, last] = players as [AddonPlayer, AddonPlayer, AddonPlayer];
    const request = { max_players: 16, client_version: 'dev', dialect };
    const matchId = by === 'a player' ? await creator.create() : await serverMade(world.host, request);
    const first = by === 'a player' ? [friend] : [creator, friend];
    for (const player of first) await player.join(matchId);
    await haste(matchId, variant, 6);
    await last.join(matchId);

    for (const player of players) await player.believes(players.map(({ sessionId }) => sessionId));
    for (const player of players) expect(player.match.script.errors).toEqual([]);
    expect(players.flatMap(({ shown }) => shown)).toEqual([]);
  });
});

test.each(['U', 'M', 'X', 'R', 'C'] as const)('%s makes a link anew that broke', async (variant) => {
  const players = await newPlayers(world.host, timesOf(3, variant));
  await createAndJoin(players, { atOnce: false });
  await expectMesh(players);
  const [one, other] = [...players].sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1)) as [
    AddonPlayer,
    AddonPlayer,
  ];
  const { sessionId: ids } = one;

  one.match.peers.drop(other.sessionId);
  other.match.peers.drop(ids);

  await one.ready(3);
  await other.ready(3);
  expect(one.match.script.errors).toEqual([]);
});

test.each(['U', 'M', 'X', 'R', 'C'] as const)('%s goes on when a matched player leaves', async (variant) => {
  const players = await newPlayers(world.host, timesOf(3, variant), { minPlayers: 3, maxPlayers: 3 });
  matchmake(players);
  await expectMesh(players);
  const [first, second, third] = [...players].sort((a, b) => (a.peerId ?? 0) - (b.peerId ?? 0)) as [
    AddonPlayer,
    AddonPlayer,
    AddonPlayer,
  ];
  const left = third.sessionId;
  third.match.leave();
  for (const player of [first, second]) {
    await player.next('player_left', (id) => id === left);
    expect(player.playerIds).toEqual([first.sessionId, second.sessionId].sort());
    expect(player.match.script.errors).toEqual([]);
  }
});
