import type { VariantName } from '../../kit/addon/variants.ts';
import { ALL, dismiss, expectMesh, newPlayers, timesOf } from './steps.ts';
import { withNakama } from './world.ts';

const world = withNakama();

const WORDS = 'Too loud.';
const READS: Readonly<Record<VariantName, string[]>> = {
  U: [WORDS],
  M: [WORDS],
  X: [],
  R: ['Sorry! The match has already begun.'],
  C: ['Sorry! The match has already begun.'],
};

test.each(ALL)(
  '%s reads why its host sent it away, leaves, and after a ban cannot come back',
  async (variant) => {
    const dialect = variant === 'R' || variant === 'C' ? variant : 'A';
    const { text } = await world.host.callRpc('backend', 'create_online_match', { dialect, max_players: 3 });
    const { match_id } = JSON.parse(text);
    const players = await newPlayers(world.host, timesOf(3, variant));
    await Promise.all(players.map((player) => player.join(match_id)));
    await expectMesh(players);

    const [first, kicked, other] = [...players].sort((a, b) => (a.peerId ?? 0) - (b.peerId ?? 0)) as [
      (typeof players)[0],
      (typeof players)[0],
      (typeof players)[0],
    ];
    const request = { match_id, peer_id: kicked.peerId, ban: true, reason: WORDS };
    expect((await world.host.callRpc('backend', 'kick_from_online_match', request)).code).toBe(0);
    for (const player of [first, other]) await player.next('player_left');
    await kicked.untilLobby();
    expect(kicked.shown).toEqual(READS[variant]);
    expect(first.playerIds).toEqual([first.sessionId, other.sessionId].sort());

    const again = await world.host.connect(kicked.bot.account);
    await expect(again.join(match_id)).rejects.toThrow(/^banned: /);
    dismiss(players);
  },
);
