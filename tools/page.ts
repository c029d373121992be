import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { projectDir } from './stack/folders.ts';

export interface PageOptions {
  readonly host: string;
  readonly port: number;
  /** What the page has to know of Nakama; it takes its own host for Nakama's. */
  readonly nakama: { readonly port: number; readonly key: string };
  /** The page's files; those of the demo. */
  readonly folder?: string;
}

/** Serves the page to try, and where its Nakama is as `config.json`. */
export async function servePage({ host, port, nakama, folder = builtPage }: PageOptions): Promise<Server> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.url === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(nakama));
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

const builtPage = path.join(projectDir, 'build', 'demo');
