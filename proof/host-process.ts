import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Address } from '../kit/players/nakama-js-player.ts';
import { projectDir } from '../tools/stack/folders.ts';

export type HostProcess = Awaited<ReturnType<typeof startHost>>;

/** A host in a process of their own, in a new match; they leave when its input ends. */
export async function startHost({ host, port, serverKey }: Address) {
  const args = ['tools/bootstrap.js', 'proof/host-program', JSON.stringify({ host, port, serverKey })];
  const child = spawn('node', args, { cwd: projectDir, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [text] = await once(child.stdout, 'data');
  return { matchId: String(text).trim(), process: child, ended };
}
