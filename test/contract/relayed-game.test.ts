import { bareTicket, matched } from '../../kit/contract/tickets.ts';
import { Stage } from '../../kit/relayed-game/stage.ts';
import type { RealHost } from '../../kit/servers/real-nakama.ts';
import { withNakama, withoutModule } from '../addon/world.ts';
import { scenes } from './relayed-game-scenes.ts';

/**
 * A game on nakama-js that has nothing to do with the addon, played on a stock Nakama and on one with this module
 * at its default settings: every player is sent the same, but for what transcript.ts says.
 */

/** What a server sends of its own accord comes within a second or two: as long as others take to be matched, twice. */
async function curtain(host: RealHost): Promise<void> {
  for (let i = 0; i < 3; i++) await matched(host, 2, bareTicket(2));
}

describe('a relayed game is sent the same as without this module:', () => {
  const stock = withNakama(withoutModule);
  const world = withNakama();
  const played = new Map<string, Promise<string[]>>();

  // All at once, since a scene is mostly waiting.
  beforeAll(() => {
    for (const [title, script] of Object.entries(scenes)) {
      const onBoth = [stock, world].map(({ host }) => Stage.play(host, script, curtain));
      played.set(title, Promise.all(onBoth));
    }
  });

  test.each(Object.keys(scenes))(
    '%s',
    async (title) => {
      const [expected, got] = (await played.get(title)) ?? [];
      expect(expected).not.toContain('stuck');
      expect(got).toBe(expected);
    },
    60_000,
  );
});
