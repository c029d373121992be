import { WebSocket } from 'ws';
import { Bot } from './bot.ts';
import { realTimer } from './inbox.ts';
import type { Account, Socket } from './socket-player.ts';
import type { Envelope } from './wire.ts';

/** A raw connection to a real Nakama: the wire as it is, frame by frame. */
export async function openSocket(port: number, token: string): Promise<Socket> {
  const url = `ws://127.0.0.1:${port}/ws?lang=en&status=false&format=json&token=${encodeURIComponent(token)}`;
  const webSocket = new WebSocket(url, { perMessageDeflate: false });
  const listeners: ((envelope: Envelope) => void)[] = [];
  webSocket.on('message', (frame) => {
    const envelope = JSON.parse(String(frame));
    for (const listen of listeners) listen(envelope);
  });
  await new Promise<void>((resolve, reject) => {
    webSocket.once('open', resolve);
    webSocket.once('error', reject);
  });
  webSocket.on('error', () => {}); // 'close' follows and says it
  return {
    send: (envelope) => webSocket.send(JSON.stringify(envelope)),
    sendText: (text) => webSocket.send(text),
    onEnvelope: (listener) => void listeners.push(listener),
    onClose: (listener) => webSocket.on('close', (code, reason) => listener(`${code} ${reason}`.trim())),
    close: () => webSocket.close(),
    terminate: () => webSocket.terminate(),
    timer: realTimer,
  };
}

/** A bot on such a connection. */
export async function connectBot(port: number, account: Account): Promise<Bot> {
  return new Bot(await openSocket(port, account.token), account);
}
