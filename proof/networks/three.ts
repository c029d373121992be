import { inNode, type StartPlayer } from './player.ts';
import type { Scene } from './scene.ts';

export const ALL_DIRECT = { '1-2': 'direct', '1-3': 'direct', '2-3': 'direct' } as const;

/** Three who play directly; the networks of the first two are given. */
export async function threePlay(scene: Scene, second: StartPlayer = inNode) {
  const home = await scene.home();
  const other = await scene.home();
  await scene.player(inNode, home);
  await scene.player(second, other);
  await scene.player(inNode, await scene.home());
  await scene.gather();
  await scene.talks('at first', { withinSec: 60 });
  await scene.goes('at first', { withinSec: 60, by: ALL_DIRECT });
  return { home, other };
}
