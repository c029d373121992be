import { once } from 'node:events';
import type { Address } from '../kit/players/nakama-js-player.ts';
import { dismiss, webPlayer } from './web-player.ts';

/** A host in a process of their own, which can be killed: says the id of their match, and leaves when its input ends. */
export async function main([address = '']: string[]): Promise<void> {
  const match = await webPlayer(JSON.parse(address) as Address, { returns: true, maxPlayers: 12 });
  process.stdout.write(`${(await match.createMatch()).matchId}\n`);
  process.stdin.resume();
  const looping = setInterval(() => match.tick(), 100);
  await once(process.stdin, 'end');
  clearInterval(looping);
  await dismiss(match);
  process.exit(0);
}
