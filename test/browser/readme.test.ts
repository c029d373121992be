import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server as PageServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import resolve from '@rollup/plugin-node-resolve';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { rollup } from 'rollup';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { eraseTypes } from '../../tools/bundle/erase-types.js';
import { servePage } from '../../tools/page.ts';
import { launchBrowser } from './support/player.ts';

// The first example of the library's README, as the page of a web game.

const root = path.resolve(__dirname, '..', '..');
const library = path.join(root, 'clients', 'web', 'src', 'index.ts');

let folder: string;
let nakama: Server;
let server: PageServer;
let browser: Browser;
let context: BrowserContext;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'online-match-readme-'));
  nakama = await startServer();
  await build();
  const address = { port: nakama.port, key: nakama.serverKey };
  server = await servePage({ host: '127.0.0.1', port: 0, nakama: address, folder });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchBrowser();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  await nakama?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function build(): Promise<void> {
  const readme = readFileSync(path.join(root, 'clients', 'web', 'README.md'), 'utf8');
  const [, example = ''] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
  const usual = "'defaultkey', '127.0.0.1', '7350'";
  expect(example).toContain(usual);
  const here = `'${nakama.serverKey}', '${nakama.host}', '${nakama.port}'`;
  const entry = path.join(folder, 'page.ts');
  writeFileSync(entry, example.replace(usual, here));
  const ours = {
    name: 'ours',
    resolveId: (source: string) => {
      if (source === '@online-match/client') return library;
      return source.startsWith('@heroiclabs/') ? require.resolve(source).replace('cjs.js', 'esm.mjs') : null;
    },
  };
  const bundle = await rollup({ input: entry, plugins: [ours, resolve({ browser: true }), eraseTypes] });
  await bundle.write({ file: path.join(folder, 'page.js'), format: 'es' });
  writeFileSync(
    path.join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>A game</title><script type="module" src="page.js"></script>',
  );
}

/** A tab of the one browser, and what its console says. */
async function open(hash = ''): Promise<{ page: Page; says: (text: string | RegExp) => Promise<string> }> {
  const page = await context.newPage();
  const lines: string[] = [];
  const heard = new Set<() => void>();
  page.on('console', (message) => {
    lines.push(message.text());
    for (const look of heard) look();
  });
  page.on('pageerror', (error) => lines.push(String(error)));
  /** The next line that has this, which nobody has asked for yet. */
  const says = (text: string | RegExp) =>
    new Promise<string>((found, fail) => {
      const timeout = setTimeout(() => fail(new Error(`not ${text}, but ${JSON.stringify(lines)}`)), 30_000);
      const look = () => {
        const i = lines.findIndex((line) => (typeof text === 'string' ? line === text : text.test(line)));
        if (i === -1) return;
        clearTimeout(timeout);
        heard.delete(look);
        found(lines.splice(i, 1)[0] as string);
      };
      heard.add(look);
      look();
    });
  await page.goto(url + hash);
  return { page, says };
}

const nameIn = (line: string) => line.replace(/ is player .*$/, '');

test('two tabs are two players with names, a reload is the same one, and a match that is gone is another', async () => {
  const first = await open();
  const host = nameIn(await first.says(/ is player 1$/));
  await first.page.waitForURL(/#[A-Z]{6}$/);
  const hash = new URL(first.page.url()).hash;

  const second = await open(hash);
  const guest = nameIn(await second.says(/ is player 2$/));
  expect(guest).toMatch(/^Guest \w{6}$/);
  expect(guest).not.toBe(host);
  await first.says(`${guest}: hello`);
  await second.says(`${host}: hello`);

  await second.page.reload();
  await second.says(`${guest} is player 2`);
  await second.says(`${host}: hello`);
  await first.says(`${guest}: hello`);

  const late = await open('#BBBBBB');
  await late.says('There is no such match, or it has ended.');
  await late.says(/ is player 1$/);
  await late.page.waitForURL((address) => /^#[A-Z]{6}$/.test(address.hash) && address.hash !== '#BBBBBB');
});
