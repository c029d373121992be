import { inChromium, inNode } from './player.ts';
import { NO_UDP, noTurn } from './rules.ts';
import { Scene } from './scene.ts';

test('UDP is blocked for one player: they play through TURN by TCP, and directly as soon as it is not', () =>
  Scene.play('UDP blocked for one player', async (scene) => {
    const blocked = await scene.home('ordinary', ...NO_UDP);
    await scene.player(inChromium, blocked);
    await scene.player(inNode, await scene.home());
    await scene.player(inNode, await scene.home());
    await scene.gather();
    await scene.talks('at first', { withinSec: 60 });
    await scene.goes('blocked', { withinSec: 60, by: { '1-2': 'turn', '1-3': 'turn', '2-3': 'direct' } });
    // What WebRTC tries by itself is over by then.
    await scene.lasts(40);
    await blocked.obey();
    await scene.goes('open', { withinSec: 180, by: { '1-2': 'direct', '1-3': 'direct', '2-3': 'direct' } });
    await scene.settles();
  }));

test('TURN is blocked, too: they play through the server, and directly as soon as nothing is blocked', () =>
  Scene.play('UDP and TURN blocked for one player', async (scene) => {
    const blocked = await scene.home('ordinary', ...NO_UDP, ...noTurn());
    await scene.player(inNode, await scene.home());
    await scene.player(inNode, blocked);
    await scene.player(inNode, await scene.home('ordinary'));
    await scene.gather();
    await scene.talks('at first', { withinSec: 90 });
    await scene.goes('blocked', { withinSec: 60, by: { '1-2': 'server', '2-3': 'server', '1-3': 'direct' } });
    await blocked.obey();
    await scene.goes('open', { withinSec: 240, by: { '1-2': 'direct', '2-3': 'direct', '1-3': 'direct' } });
    await scene.settles();
  }));
