import { LOGIN_SEC } from './internet.ts';
import { inChromium, inNode } from './player.ts';
import { Scene } from './scene.ts';

test('logins to TURN hold for a minute: whoever plays through it plays on with new ones', () =>
  Scene.play('logins that end', async (scene) => {
    await scene.player(inChromium, await scene.home('symmetric'));
    await scene.player(inChromium, await scene.home('symmetric'));
    await scene.player(inNode, await scene.home('symmetric'));
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    const by = { '1-2': 'turn', '1-3': 'turn', '2-3': 'turn' } as const;
    await scene.goes('by the first logins', { withinSec: 60, by });
    await scene.lasts(2.5 * LOGIN_SEC);
    await scene.goes('by later ones', { withinSec: 60, by });
    await scene.settles();
  }));
