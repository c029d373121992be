import { execFileSync } from 'node:child_process';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { eventually, gather, newBots, Op, offer, settle, signal } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf } from '../../kit/players/wire.ts';

/** The example: a game's own module with a match of its own, the arena, beside online matches. */
const modulePath = 'build/own-module/index.js';

beforeAll(() => {
  const entry = ['--configEntry', 'examples/own-module/main.ts', '--configOut', modulePath];
  execFileSync('node_modules/.bin/rollup', ['--config', '--silent', ...entry], { stdio: 'pipe' });
});

onBothHosts(
  "beside a game's own module",
  (world) => {
    test('online matches work', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [other] = others as [Bot];

      signal(creator, room.match_id, offer(other.sessionId));

      await other.nextData(Op.WEBRTC_PEER_METHOD);
    });

    test("the game's own match gets its data as ever, whatever the opcode", async () => {
      const [bot] = (await newBots(world.host, 1)) as [Bot];
      const { match_id } = JSON.parse(await bot.rpc('create_arena'));
      await bot.join(match_id);

      for (const op of [1, Op.WEBRTC_PEER_METHOD, Op.JOIN_SUCCESS, Op.JOIN_ERROR]) {
        for (const text of [offer(bot.sessionId), '', 'no JSON']) {
          bot.sendData(match_id, op, text);
          expect(bytesOf(await bot.nextData(op)).toString()).toBe(text);
        }
      }
      await settle(bot);
      expect(bot.unread('match_data')).toEqual([]);
      expect(bot.unread('error')).toEqual([]);
    });

    test("the game's own tickets stay its own", async () => {
      const bots = (await newBots(world.host, 4)) as [Bot, Bot, Bot, Bot];
      const arena = {
        min_count: 2,
        max_count: 2,
        query: '+properties.mode:arena',
        string_properties: { mode: 'arena' },
      };
      const room = {
        min_count: 2,
        max_count: 2,
        query: '+properties.mode:room',
        string_properties: { mode: 'room', client_version: '1.0' },
      };
      for (const [i, bot] of bots.entries()) await bot.addMatchmaker(i % 2 === 0 ? arena : room);

      const results = await Promise.all(bots.map((bot) => bot.next('matchmaker_matched')));

      expect(Object.keys(results[0]?.users[0]?.string_properties ?? {})).toEqual(['mode']);
      expect(results[1]?.users[0]?.string_properties).toHaveProperty('online_match_version');
      const labelOf = async (matchId?: string) =>
        (await world.host.listMatches()).find(({ match_id }) => match_id === matchId)?.label ?? '';
      const labels = () => Promise.all([labelOf(results[0]?.match_id), labelOf(results[1]?.match_id)]);
      const [arenaLabel, roomLabel] = await eventually(bots[0], labels, (found) => found.every(Boolean));
      expect(arenaLabel).toBe('arena');
      expect(roomLabel).toContain('online_match');
    });
  },
  { modulePath },
);
