import { Client, type Session, type Socket } from '@heroiclabs/nakama-js';
import type { NetworkRelay } from '../../clients/web/src/index.ts';

/** Where Nakama is. */
export interface Address {
  readonly host: string;
  readonly port: string;
  readonly key: string;
  readonly isSecure: boolean;
}

/** What the page's query says (`?host=…&port=…&key=…&ssl=1`), else what its server knows, else the usual. */
export async function findAddress(page: Location): Promise<Address> {
  const query = new URLSearchParams(page.search);
  const config = await configOf(page);
  return {
    host: query.get('host') ?? page.hostname,
    port: query.get('port') ?? String(config.port ?? 7350),
    key: query.get('key') ?? config.key ?? 'defaultkey',
    isSecure: query.has('ssl') ? query.get('ssl') === '1' : page.protocol === 'https:',
  };
}

/** `?relay=forced` plays through the TURN server, and `?relay=disabled` never does. */
export function relayIn(page: Location): NetworkRelay {
  const asked = new URLSearchParams(page.search).get('relay');
  return RELAYS.find((relay) => relay === asked) ?? 'auto';
}

const RELAYS: readonly NetworkRelay[] = ['forced', 'disabled'];

/** What the server of the page knows of Nakama; a web server that has only the page's files knows nothing. */
async function configOf(page: Location): Promise<{ readonly port?: number; readonly key?: string }> {
  const answer = await fetch(new URL('config.json', page.href)).catch(() => null);
  return answer?.ok ? answer.json() : {};
}

/** A guest who is signed in, with a socket, and a way to be signed in again. */
export interface Connected {
  readonly socket: Socket;
  reconnect(): Promise<Session>;
}

/** Signs a guest in under this name and opens a socket. */
export async function connect(
  { host, port, key, isSecure }: Address,
  name: string,
  deviceId: string,
): Promise<Connected> {
  const client = new Client(key, host, port, isSecure);
  const id = guestIdOf(deviceId, name);
  const session = await signIn(client, id, name);
  const socket = client.createSocket(isSecure);
  await socket.connect(session, false);
  return { socket, reconnect: () => client.authenticateDevice(id, false) };
}

/** One for each name that is used in this tab: with the same id one gets the same guest again. */
function guestIdOf(deviceId: string, name: string): string {
  return `${deviceId}-${[...name].reduce((hash, char) => (hash * 31 + (char.codePointAt(0) ?? 0)) % 2 ** 32, 7)}`;
}

const CONFLICT = 409;
const MAX_TRIES = 5;

/** A name that somebody else has gets a number. */
async function signIn(client: Client, id: string, name: string): Promise<Session> {
  for (let tries = 1; ; tries++) {
    const username = tries === 1 ? name : `${name} ${2 + Math.floor(Math.random() * 10 ** (tries - 1))}`;
    try {
      return await client.authenticateDevice(id, true, username);
    } catch (error) {
      if ((error as Response).status !== CONFLICT || tries === MAX_TRIES) throw error;
    }
  }
}
