import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { servePage } from '../../tools/page.ts';

let parent: string;
let server: Server;

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'online-match-page-'));
  const folder = mkdtempSync(path.join(parent, 'page'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(folder, 'page.js'), 'export {}');
  writeFileSync(path.join(parent, 'secret.txt'), 'secret');
  writeFileSync(`${folder}.txt`, 'secret');
  server = await servePage({ host: '127.0.0.1', port: 0, nakama: { port: 7350, key: 'key' }, folder });
});

afterAll(() => {
  server.close();
  rmSync(parent, { recursive: true });
});

/** Asks for the very path that is given: `fetch` would tidy it up first. */
async function ask(pathname: string, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: pathname, method, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, type: answer.headers['content-type'], text };
}

test.each([
  ['/', 'text/html;charset=utf-8', '<!doctype html>'],
  ['/?port=7450', 'text/html;charset=utf-8', '<!doctype html>'],
  ['/page.js', 'text/javascript', 'export {}'],
  ['/config.json', 'application/json', '{"port":7350,"key":"key"}'],
])('serves %s as %s', async (pathname, type, text) => {
  expect(await ask(pathname)).toEqual({ status: 200, type, text });
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/.txt',
  '//etc/passwd',
])('refuses %s, which is not in its folder', async (pathname) => {
  expect(await ask(pathname)).toMatchObject({ status: 404, text: 'Not found' });
});

test.each(['/missing.js', '/%', '/%00'])('answers 404 to %s', async (pathname) => {
  expect((await ask(pathname)).status).toBe(404);
});

test('takes no POST', async () => {
  expect((await ask('/', 'POST')).status).toBe(405);
});
