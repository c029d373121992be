import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectDir } from '../../tools/stack/folders.ts';
import type { Device } from './device.ts';
import { knownServers } from './internet.ts';
import type { FromPlayer } from './node-player.ts';
import type { PlayerPage } from './page-player.ts';
import type { News, Order } from './talker.ts';

/** Somebody who plays on a device, steered from outside of their network. */
export interface Player {
  /** Takes orders one at a time. */
  obey(order: Order): Promise<string | null>;
  close(): Promise<void>;
}

export type StartPlayer = (
  device: Device,
  maxPlayers: number,
  onNews: (news: News) => void,
) => Promise<Player>;

/** In Node, with WebRTC for it. */
export const inNode: StartPlayer = async ({ name }, maxPlayers, onNews) => {
  const bootstrap = path.join(projectDir, 'tools', 'bootstrap.js');
  const address = JSON.stringify(knownServers().nakama);
  const command = [process.execPath, bootstrap, 'proof/networks/node-player', address, String(maxPlayers)];
  const child = spawn('ip', ['netns', 'exec', name, ...command], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer = () => answerOf(child, ended);
  child.on('message', (message: FromPlayer) => 'news' in message && onNews(message.news));
  await answer();
  return {
    obey: (order) => {
      child.send(order);
      return answer();
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

async function answerOf(child: ChildProcess, ended: Promise<unknown>): Promise<string | null> {
  const answered = new Promise<FromPlayer>((resolve) => {
    const listen = (message: FromPlayer) => {
      if ('news' in message) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
  });
  const message = await Promise.race([
    answered,
    ended.then(() => ({ error: `a player's process ended (${child.signalCode ?? child.exitCode})` })),
  ]);
  if ('error' in message) throw new Error(message.error);
  return 'answer' in message ? message.answer : null;
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** In a Chromium of their own: all pages of a browser are in one network. */
export const inChromium: StartPlayer = async ({ name }, maxPlayers, onNews) => {
  const executablePath = path.join(process.env.NETWORKS_DIR as string, `chromium-${name}`);
  writeFileSync(executablePath, `#!/bin/sh\nexec ip netns exec ${name} "${process.env.CHROMIUM}" "$@"\n`);
  chmodSync(executablePath, 0o755);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const close = () => browser.close();
  try {
    const page = await playerPage(browser, onNews);
    const address = { ...knownServers().nakama, device: randomUUID(), maxPlayers };
    await page.evaluate((given) => (globalThis as unknown as PlayerPage).enter(given), address);
    return {
      obey: (order) => page.evaluate((given) => (globalThis as unknown as PlayerPage).obey(given), order),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** It comes from nowhere, but is as trusted as one by https. */
async function playerPage(browser: Browser, onNews: (news: News) => void): Promise<Page> {
  const page = await browser.newPage();
  await page.route('http://localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A player</title>' }),
  );
  await page.goto('http://localhost/');
  await page.exposeFunction('tellNews', onNews);
  await page.addScriptTag({ path: path.join(projectDir, 'build', 'networks', 'page.js') });
  return page;
}
