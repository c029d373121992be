import path from 'node:path';
import { localConfig } from './settings.ts';
import { addressesOf, isLoopback } from './stack/addresses.ts';
import type { Ports } from './stack/port-numbers.js';

interface Running {
  readonly version: string;
  readonly host: string;
  /** Where that is found; as `addressesOf` says. */
  readonly addresses?: readonly [string, ...string[]];
  readonly ports: Ports & { readonly page: number };
  readonly dir: string;
}

/** What clients of the started server present. */
export function serverKey(): string {
  return localConfig().socket.server_key;
}

/** What `npm start` says when everything runs: the addresses, and what to try. */
export function welcome({ version, host, addresses = addressesOf(host), ports, dir }: Running): string {
  const { socket, runtime, console } = localConfig();
  const [address, ...others] = addresses;
  const api = `http://${address}:${ports.api}`;
  const short = path.relative(process.cwd(), dir);
  const data = short.startsWith('..') ? dir : short;
  const elsewhere = others.map((other) => `            http://${other}:${ports.page}   on other devices\n`);
  return `
Nakama ${version} with the online-match module is ready.

  Page      http://${address}:${ports.page}   a game to try: open it twice
${elsewhere.join('')}  API       ${api}   server key: ${socket.server_key}
  Console   http://127.0.0.1:${ports.console}   login: ${console.username} / ${console.password}
  Metrics   http://${address}:${ports.metrics}
  Data      ${data}   log: ${path.join(data, 'nakama.log')}; npm start -- --reset removes both
${isLoopback(host) ? '' : openToOthers}
Try next:
  • Make a room and look at it, from another terminal:
      curl '${api}/v2/rpc/create_online_match?unwrap&http_key=${runtime.http_key}' -d '{}'
      curl '${api}/v2/rpc/get_online_match?unwrap&http_key=${runtime.http_key}' -d '{"match_id":"…"}'
  • Point a Godot game with the OnlineMatch addon here:
      Nakama.create_client("${socket.server_key}", "${others[0] ?? address}", ${ports.api}, "http")
  • Look at rooms, players and their state in the console.

Ctrl-C stops everything.
`;
}

const openToOthers = `
! Whoever is in your network reaches the page, the API and the metrics, and everybody knows the keys of local.yml: with
  http_key they call RPCs as a backend does, with the session keys they sign in as anybody. The console is on 127.0.0.1
  only. docs/operations.md says what a server for others needs.
`;
