import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Signal } from '../../src/protocol/peer-method.ts';
import { startPeerJsServer } from './peerjs-server.ts';
import { type Contender, type Group, Subject } from './subjects.ts';

const typeOf = { offer: 'OFFER', answer: 'ANSWER' } as const;

/** A PeerJS server: no rooms, no members; whoever knows an id can signal it. */
export async function startPeerJs(): Promise<Contender> {
  const { port, pid, stop } = await startPeerJsServer();
  return { name: Subject.PEERJS, pid, gather: (clients) => gather(port, clients), stop };
}

async function gather(port: number, clients: number): Promise<Group> {
  const ids: readonly string[] = Array.from({ length: clients }, () => randomUUID());
  const sockets = await Promise.all(ids.map((id) => connect(port, id)));
  return {
    send(from, to, signal) {
      const type = signal.kind === 'description' ? typeOf[signal.type] : 'CANDIDATE';
      sockets[from]?.send(JSON.stringify({ type, dst: ids[to], payload: signal }));
    },
    onArrival(listener) {
      sockets.forEach((socket, to) => {
        socket.onmessage = ({ data }) => {
          const { src, payload } = JSON.parse(String(data)) as { src?: string; payload?: Signal };
          if (src !== undefined && payload) listener(ids.indexOf(src), to, payload);
        };
      });
    },
    cutOff: () => sockets.filter(({ readyState }) => readyState !== WebSocket.OPEN).length,
    close: () => sockets.forEach((socket) => void socket.close()),
  };
}

/** Resolves once the server has opened the id. */
async function connect(port: number, id: string): Promise<WebSocket> {
  const url = `ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${id}&token=bench`;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'message');
  return socket;
}
