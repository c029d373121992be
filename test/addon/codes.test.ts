import { ALL, dismiss, expectMesh, newPlayers, timesOf } from './steps.ts';
import { withNakama } from './world.ts';

const world = withNakama();

/** As a player types it. */
const typed = (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();

test.each(ALL)('players of %s come in by a code, and connect to each other', async (variant) => {
  const dialect = variant === 'R' || variant === 'C' ? variant : 'A';
  const { text } = await world.host.callRpc('backend', 'create_online_match', { dialect });
  const { match_id, code } = JSON.parse(text);

  const players = await newPlayers(world.host, timesOf(3, variant));
  const [first, ...others] = players.map((player) => player.join(typed(code)));
  await Promise.all([first, ...others]);

  await expectMesh(players);
  // The game goes by the id that the reply had.
  for (const player of players) expect(player.match.now.matchId).toBe(match_id);
  dismiss(players);
});
