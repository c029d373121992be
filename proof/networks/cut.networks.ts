import { NOTHING_PASSES, noTurn, nothingFrom } from './rules.ts';
import { Scene } from './scene.ts';
import { ALL_DIRECT, threePlay } from './three.ts';

test('nothing passes to or from one player for 5 s: they play on as before', () =>
  Scene.play('cut for 5 s', async (scene) => {
    const { home } = await threePlay(scene);
    await home.obey(...NOTHING_PASSES);
    await scene.lasts(5);
    await home.obey();
    await scene.talks('mended', { withinSec: 60 });
    await scene.goes('mended', { withinSec: 180, by: ALL_DIRECT });
    await scene.settles();
  }));

test('a link is cut for good, and then TURN: they play on by what is left', () =>
  Scene.play('cut for good', async (scene) => {
    const { home, other } = await threePlay(scene);
    await home.obey(...nothingFrom(other));
    await scene.talks('cut', { withinSec: 60 });
    await scene.goes('cut', { withinSec: 60, by: { ...ALL_DIRECT, '1-2': 'turn' } });
    await home.obey(...nothingFrom(other), ...noTurn());
    await scene.talks('TURN cut, too', { withinSec: 90 });
    await scene.goes('TURN cut, too', { withinSec: 90, by: { ...ALL_DIRECT, '1-2': 'server' } });
    await scene.settles();
  }));
