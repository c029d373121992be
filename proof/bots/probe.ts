import { Client } from '@heroiclabs/nakama-js';
import { Problem } from '../../tools/stack/problem.js';
import type { ServerAddress } from './orders.ts';
import { during, Troubled } from './trouble.ts';

const patienceMs = 5_000;

/** Finds out, before anything is played, whether this server can be played on. */
export async function probe(server: ServerAddress, name: string): Promise<void> {
  const { host, port, ssl, serverKey } = server;
  const address = `${ssl ? 'https' : 'http'}://${host}:${port}`;
  const isThere = await fetch(`${address}/healthcheck`, { signal: AbortSignal.timeout(patienceMs) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isThere) {
    throw new Problem(
      `No Nakama answers at ${address}.`,
      'Start one with npm start, in another terminal, or name yours with --host, --port and --ssl.',
    );
  }
  const client = new Client(serverKey, host, String(port), ssl, patienceMs);
  try {
    const session = await during('sign in', client.authenticateDevice(name, true, name));
    const asked = during('create', client.rpc(session, 'get_ice_servers', {}));
    await asked.finally(() => client.deleteAccount(session).catch(() => {}));
  } catch (error) {
    throw explained(error, address);
  }
}

function explained(error: unknown, address: string): unknown {
  if (!(error instanceof Troubled)) return error;
  const { step, code, sentence } = error.trouble;
  if (step === 'sign in' && code === 'http-401') {
    return new Problem(`The Nakama at ${address} has another server key.`, 'Name it with --server-key KEY.');
  }
  if (code === 'http-404') {
    return new Problem(
      `The Nakama at ${address} runs without this module.`,
      'Its log says why; npm start runs one with it.',
    );
  }
  return new Problem(`The Nakama at ${address} refuses players: ${sentence}`);
}
