import type { Session, Socket } from '@heroiclabs/nakama-js';
import { handlersOf } from './socket-events.ts';

/** A connection that takes longer is given up. */
const CONNECT_WITHIN_MS = 10_000;

/** What nakama-js's own sockets have beside the interface. */
interface SocketParts {
  readonly host: string;
  readonly port: string;
  readonly useSSL: boolean;
  readonly verbose: boolean;
  readonly adapter: { readonly constructor: new () => object; onError: () => void; close(): void };
  readonly sendTimeoutMs: number;
}

type SocketClass = new (...args: unknown[]) => Socket;

/**
 * A socket to the same server, not connected yet, with the game's handlers of the first. A nakama-js socket cannot
 * connect twice: pings and timeouts of its first connection would close the second. Its own class makes the next,
 * since the library has only the types of nakama-js.
 */
export function socketLike(first: Socket): Socket {
  const { host, port, useSSL, verbose, adapter, sendTimeoutMs } = first as unknown as SocketParts;
  const Socket = first.constructor as SocketClass;
  const Adapter = adapter.constructor;
  const next = new Socket(host, port, useSSL, verbose, new Adapter(), sendTimeoutMs);
  return Object.assign(next, handlersOf(first));
}

/** Connects, or rejects within a time. */
export async function connect(socket: Socket, session: Session): Promise<void> {
  const { connect } = socket as {
    connect(session: Session, status: boolean, withinMs: number): Promise<unknown>;
  };
  await connect.call(socket, session, false, CONNECT_WITHIN_MS);
}

/** Closes it also while it connects, and without waiting for a server that may be gone. */
export function abandon(socket: Socket): void {
  try {
    const { adapter } = socket as unknown as SocketParts;
    // At the error of a connection that was not made nakama-js would close it once more, and throw.
    adapter.onError = () => {};
    adapter.close();
  } catch {
    // It is closed, or never was open.
  }
}

/** Resolves when the server answers; null for sockets of another make, which nothing is known of. */
export function ping(socket: Socket, withinMs: number): Promise<unknown> | null {
  const { send } = socket as { send?(message: object, withinMs: number): Promise<unknown> };
  return send?.call(socket, { ping: {} }, withinMs) ?? null;
}
