import type { Server } from '../../kit/servers/server.ts';

/**
 * What a server has in use after a garbage collection, in KB: heap and stacks. Unlike resident memory it does
 * not depend on when the last collection was. Nakama's console gives Go's own figures to its administrator.
 */
export async function memoryInUseKb({ consolePort }: Server): Promise<number> {
  const url = `http://127.0.0.1:${consolePort}/debug/pprof/heap?gc=1&debug=1`;
  const headers = { authorization: `Basic ${btoa('admin:password')}` };
  // What the first collection finds unused may hold on to something else.
  await (await fetch(url, { headers })).text();
  const text = await (await fetch(url, { headers })).text();
  const [, heap] = /^# HeapAlloc = (\d+)/m.exec(text) ?? [];
  const [, stacks] = /^# Stack = (\d+)/m.exec(text) ?? [];
  if (heap === undefined || stacks === undefined) throw new Error(`no memory figures: ${text.slice(0, 200)}`);
  return (Number(heap) + Number(stacks)) / 1024;
}
