import { inChromium, inNode } from './player.ts';
import { NO_UDP, NOTHING_PASSES, noTurn, nothingFrom } from './rules.ts';
import { Scene } from './scene.ts';

const ALL_DIRECT = { '1-2': 'direct', '1-3': 'direct', '2-3': 'direct' } as const;

/** Three who play directly; the networks of the first two are given. */
async function game(scene: Scene) {
  const home = await scene.home();
  const other = await scene.home();
  await scene.player(inNode, home);
  await scene.player(inNode, other);
  await scene.player(inNode, await scene.home());
  await scene.gather();
  await scene.talks('at first', { withinSec: 60 });
  await scene.goes('at first', { withinSec: 60, by: ALL_DIRECT });
  return { home, other };
}

test('nothing passes to or from one player for 5 s: they play on as before', () =>
  Scene.play('cut for 5 s', async (scene) => {
    const { home } = await game(scene);
    await home.obey(...NOTHING_PASSES);
    await scene.lasts(5);
    await home.obey();
    await scene.talks('mended', { withinSec: 60 });
    await scene.goes('mended', { withinSec: 180, by: ALL_DIRECT });
    await scene.settles();
  }));

test('a link is cut for 60 s: they play through TURN meanwhile', () =>
  Scene.play('cut for 60 s', async (scene) => {
    const { home, other } = await game(scene);
    await home.obey(...nothingFrom(other));
    await scene.talks('cut', { withinSec: 60 });
    await scene.goes('cut', { withinSec: 60, by: { ...ALL_DIRECT, '1-2': 'turn' } });
    await scene.lasts(60);
    await home.obey();
    await scene.goes('mended', { withinSec: 240, by: ALL_DIRECT });
    await scene.settles();
  }));

test('UDP and TURN are cut for one player for 60 s: they play through the server meanwhile', () =>
  Scene.play('UDP and TURN cut for 60 s', async (scene) => {
    const { home } = await game(scene);
    await home.obey(...NO_UDP, ...noTurn());
    await scene.talks('cut', { withinSec: 90 });
    const by = { '1-2': 'server', '1-3': 'server', '2-3': 'direct' } as const;
    await scene.goes('cut', { withinSec: 90, by });
    await scene.lasts(60);
    await home.obey();
    await scene.goes('mended', { withinSec: 300, by: ALL_DIRECT });
    await scene.settles();
  }));

test('a link is cut for good, and then TURN: they play on by what is left', () =>
  Scene.play('cut for good', async (scene) => {
    const { home, other } = await game(scene);
    await home.obey(...nothingFrom(other));
    await scene.talks('cut', { withinSec: 60 });
    await scene.goes('cut', { withinSec: 60, by: { ...ALL_DIRECT, '1-2': 'turn' } });
    await home.obey(...nothingFrom(other), ...noTurn());
    await scene.talks('TURN cut, too', { withinSec: 90 });
    await scene.goes('TURN cut, too', { withinSec: 90, by: { ...ALL_DIRECT, '1-2': 'server' } });
    await scene.settles();
  }));

test('a link of a page is cut for 60 s', () =>
  Scene.play('cut for 60 s, in Chromium', async (scene) => {
    const home = await scene.home('ordinary');
    const other = await scene.home('ordinary');
    await scene.player(inNode, home);
    await scene.player(inChromium, other);
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    await scene.goes('at first', { withinSec: 60, by: { '1-2': 'direct' } });
    await home.obey(...nothingFrom(other));
    await scene.talks('cut', { withinSec: 60 });
    await scene.goes('cut', { withinSec: 60, by: { '1-2': 'turn' } });
    await scene.lasts(60);
    await home.obey();
    await scene.goes('mended', { withinSec: 240, by: { '1-2': 'direct' } });
    await scene.settles();
  }));
