import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { projectDir } from './stack/folders.ts';
import type { Ports } from './stack/ports.ts';

interface Running {
  readonly version: string;
  readonly host: string;
  readonly ports: Ports & { readonly page: number };
  readonly dir: string;
}

interface LocalConfig {
  readonly socket: { readonly server_key: string };
  readonly runtime: { readonly http_key: string };
  readonly console: { readonly username: string; readonly password: string };
}

function localConfig(): LocalConfig {
  return parse(readFileSync(path.join(projectDir, 'local.yml'), 'utf8'));
}

/** What clients of the started server present. */
export function serverKey(): string {
  return localConfig().socket.server_key;
}

/** What `npm start` says when everything runs: the addresses, and what to try. */
export function welcome({ version, host, ports, dir }: Running): string {
  const { socket, runtime, console } = localConfig();
  const address = host === '0.0.0.0' ? '127.0.0.1' : host;
  const api = `http://${address}:${ports.api}`;
  const short = path.relative(process.cwd(), dir);
  const data = short.startsWith('..') ? dir : short;
  return `
Nakama ${version} with the online-match module is ready.

  Page      http://${address}:${ports.page}   a game to try: open it twice
  API       ${api}   server key: ${socket.server_key}
  Console   http://${address}:${ports.console}   login: ${console.username} / ${console.password}
  Metrics   http://${address}:${ports.metrics}
  Data      ${data}   log: ${path.join(data, 'nakama.log')}

Try next:
  • Make a room and look at it, from another terminal:
      curl '${api}/v2/rpc/create_online_match?unwrap&http_key=${runtime.http_key}' -d '{}'
      curl '${api}/v2/rpc/get_online_match?unwrap&http_key=${runtime.http_key}' -d '{"match_id":"…"}'
  • Point a Godot game with the OnlineMatch addon here:
      Nakama.create_client("${socket.server_key}", "${address}", ${ports.api}, "http")
  • Look at rooms, players and their state in the console.

Ctrl-C stops everything.
`;
}
