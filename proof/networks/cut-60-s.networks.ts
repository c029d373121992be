import { inChromium } from './player.ts';
import { nothingFrom } from './rules.ts';
import { Scene } from './scene.ts';
import { ALL_DIRECT, threePlay } from './three.ts';

test('a link is cut for 60 s: they play through TURN meanwhile', () =>
  Scene.play('cut for 60 s', async (scene) => {
    const { home, other } = await threePlay(scene, inChromium);
    await home.obey(...nothingFrom(other));
    await scene.talks('cut', { withinSec: 60 });
    await scene.goes('cut', { withinSec: 60, by: { ...ALL_DIRECT, '1-2': 'turn' } });
    await scene.lasts(60);
    await home.obey();
    await scene.goes('mended', { withinSec: 240, by: ALL_DIRECT });
    await scene.settles();
  }));
