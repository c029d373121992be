import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Client, type Session } from '@heroiclabs/nakama-js';
import type { WebSocket } from 'ws';
import { abandon, connect } from '../../../clients/web/src/next-socket.ts';
// In Node, nakama-js needs what this brings.
import '../../../kit/players/nakama-js-player.ts';

test('a socket that is abandoned while it connects throws nothing when it is closed', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const socket = new Client('key', '127.0.0.1', String(port)).createSocket();
  const called = once(silent, 'connection');
  connect(socket, { token: 'a' } as Session).catch(() => {});
  await called;
  const wire: WebSocket = Reflect.get(Reflect.get(socket, 'adapter'), '_socket');
  const closed = new Promise((resolve) => wire.once('close', resolve));
  abandon(socket);
  await closed;
  silent.close();
});
