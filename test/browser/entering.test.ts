import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { servePage } from '../../tools/page.ts';
import { Visitors } from './support/visitors.ts';

// Ways into a room that fail, and servers of other addresses.

jest.setTimeout(120_000);

const visitors = new Visitors();
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

test('a code that is refused is marked until another is typed, and a press on an empty one marks it, too', async () => {
  const player = await visitors.open();
  const code = player.page.getByLabel('Code or link');
  const isMarked = () => code.getAttribute('aria-invalid');
  expect(await isMarked()).toBe(null);
  await player.button('Join').click();
  await player.sees('Type a code or paste a link first.');
  expect(await isMarked()).toBe('true');
  await code.fill('BBB-BBB');
  expect(await isMarked()).toBe(null);
  await player.button('Join').click();
  await player.sees('Ask for a new one, or make a room.');
  expect(await isMarked()).toBe('true');
  expect(await code.evaluate((field) => field === document.activeElement)).toBe(true);
  await player.makeRoom();
});

test('a link that is pasted shows the code in it', async () => {
  const player = await visitors.open();
  await player.page
    .getByLabel('Code or link')
    .fill('http://a.very.long.name.of.a.host.test:7354/game/#BCDFGH');
  expect(await player.page.getByLabel('Code or link').inputValue()).toBe('BCDFGH');
});

test('a server that never answers can be given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const player = await visitors.open(`${visitors.site.url}?port=${portOf(silent)}`);
  await player.button('Quick play').click();
  await player.sees('Looking for a room');
  await player.button('Cancel').click();
  await player.button('Quick play').waitFor();
  expect(await player.reads()).toBe('');
  silent.close();
});

test('the address of the page names another server, by host, port, key and ssl', async () => {
  const elsewhere = { port: 1, key: 'of-another' };
  const page = await servePage({ host: '127.0.0.1', port: 0, nakama: elsewhere });
  const url = `http://127.0.0.1:${portOf(page)}/`;
  const lost = await visitors.open(url);
  await lost.button('Make a room').click();
  await lost.sees(
    'There is no server at 127.0.0.1:1. Start it, or name another with ?host= and &port= in the address.',
  );
  const { host, port, key } = visitors.site.address;
  const other = await visitors.open(`${url}?host=${host}&port=${port}&key=wrong`);
  await other.button('Make a room').click();
  await other.sees('has another key. Name it with ?key= in the address.');
  const found = await visitors.open(`${url}?host=${host}&port=${port}&key=${key}&ssl=0`);
  await found.makeRoom();
  page.close();
  page.closeAllConnections();
});
