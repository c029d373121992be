import { inChromium, inNode, type StartPlayer } from './player.ts';
import { Scene } from './scene.ts';

test.each([
  ['Node', inNode],
  ['Chromium', inChromium],
] as const)(
  "one player's address changes, from Wi-Fi to mobile: they play on (%s)",
  (where, start: StartPlayer) =>
    Scene.play(`address changes (${where})`, async (scene) => {
      const mobile = await scene.home('symmetric');
      const device = await scene.player(start, await scene.home('ordinary'));
      await scene.player(inNode, await scene.home());
      await scene.player(inNode, await scene.home('symmetric'));
      await scene.gather();
      await scene.talks('at first', { withinSec: 60 });
      await scene.goes('Wi-Fi', { withinSec: 60, by: { '1-2': 'direct', '2-3': 'direct' } });
      await device.moveTo(mobile);
      await scene.talks('moved', { withinSec: 90 });
      await scene.goes('mobile', { withinSec: 180, by: { '1-2': 'direct', '1-3': 'turn', '2-3': 'direct' } });
      await scene.lasts(20);
      await scene.settles();
    }),
);
