import { NO_UDP, noTurn } from './rules.ts';
import { Scene } from './scene.ts';
import { ALL_DIRECT, threePlay } from './three.ts';

test('UDP and TURN are cut for one player for 60 s: they play through the server meanwhile', () =>
  Scene.play('UDP and TURN cut for 60 s', async (scene) => {
    const { home } = await threePlay(scene);
    await home.obey(...NO_UDP, ...noTurn());
    await scene.talks('cut', { withinSec: 90 });
    const by = { '1-2': 'server', '1-3': 'server', '2-3': 'direct' } as const;
    await scene.goes('cut', { withinSec: 90, by });
    await scene.lasts(60);
    await home.obey();
    await scene.goes('mended', { withinSec: 300, by: ALL_DIRECT });
    await scene.settles();
  }));
