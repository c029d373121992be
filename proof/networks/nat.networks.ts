import { inChromium, inNode } from './player.ts';
import { Scene } from './scene.ts';

test('symmetric NAT on both sides: they play through TURN, and directly with those behind none', () =>
  Scene.play('symmetric NAT on both sides', async (scene) => {
    await scene.player(inChromium, await scene.home('symmetric'));
    await scene.player(inNode, await scene.home('symmetric'));
    await scene.player(inNode, await scene.home());
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    await scene.goes('as NATs are', {
      withinSec: 60,
      by: { '1-2': 'turn', '1-3': 'direct', '2-3': 'direct' },
    });
    await scene.lasts(20);
    await scene.goes('later', { withinSec: 60, by: { '1-2': 'turn', '1-3': 'direct', '2-3': 'direct' } });
    await scene.settles();
  }));

test('ordinary NAT on both sides: they play directly', () =>
  Scene.play('ordinary NAT on both sides', async (scene) => {
    await scene.player(inNode, await scene.home('ordinary'));
    await scene.player(inNode, await scene.home('ordinary'));
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    await scene.goes('as NATs are', { withinSec: 60, by: { '1-2': 'direct' } });
    await scene.settles();
  }));

test('two behind one symmetric NAT: they play directly, and with another such home through TURN', () =>
  Scene.play('a symmetric pair behind one NAT', async (scene) => {
    const home = await scene.home('symmetric');
    await scene.player(inNode, home);
    await scene.player(inNode, home);
    await scene.player(inNode, await scene.home('symmetric'));
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    await scene.goes('as NATs are', { withinSec: 60, by: { '1-2': 'direct', '1-3': 'turn', '2-3': 'turn' } });
    await scene.settles();
  }));
