import type { Socket } from '@heroiclabs/nakama-js';

/** Asks the server by an RPC; resolves to the text of its answer. */
export async function ask(socket: Socket, id: string, payload?: string): Promise<string> {
  const answer = await socket.rpc(id, payload);
  // The types say that nakama-js parses it, which it does for HTTP only.
  return typeof answer.payload === 'string' ? answer.payload : JSON.stringify(answer.payload ?? '');
}
