import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { GodotPool } from './games.ts';
import { type GodotPlayer, project } from './godot-player.ts';

let server: Server;
let games: GodotPool;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'online-match-export-'));
  server = await startServer();
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Of an export to the web this is all but the engine itself, which comes as a template from Godot's own site.
test('the example as its preset packs it for the web has all that the game needs', async () => {
  const pack = path.join(folder, 'example.pck');
  const { GODOT_BIN = '' } = process.env;
  const args = ['--headless', '--path', project, '--export-pack', 'Web', pack];
  await promisify(execFile)(GODOT_BIN, args);
  const [host, guest] = (await games.start(2, {}, { pack })) as [GodotPlayer, GodotPlayer];
  await host.do('open_example');
  await host.do('press', 'Create');
  const matchId = await host.next('match_created');
  await guest.do('open_example');
  await guest.do('enter_code', matchId);
  await guest.do('press', 'Join');
  await host.ready(2);
  await host.do('press', 'Begin');
  for (const game of [host, guest])
    await game.next('example', ({ is_begun, ships }) => is_begun && ships.length === 2);
  expect([host, guest].flatMap((game) => game.complaints())).toEqual([]);
});
