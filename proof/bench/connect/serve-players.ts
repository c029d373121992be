import path from 'node:path';
import { execa } from 'execa';
import { servePage } from '../../../tools/page.ts';
import { projectDir } from '../../../tools/stack/folders.ts';
import { freePorts } from '../../../tools/stack/ports.ts';

const folder = path.join(projectDir, 'build', 'bench', 'connect');

export interface ServedPlayers {
  readonly url: string;
  stop(): void;
}

/** The page that each player has open. */
export async function servePlayers(): Promise<ServedPlayers> {
  const config = 'proof/bench/connect/rollup.config.js';
  await execa('rollup', ['--silent', '--config', config], { cwd: projectDir, preferLocal: true });
  const { page: port } = await freePorts();
  const server = await servePage({ host: '127.0.0.1', port, nakama: { port: 0, key: '' }, folder });
  return {
    url: `http://127.0.0.1:${port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
