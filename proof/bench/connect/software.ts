import { startServer } from '../../../kit/servers/server.ts';
import { startPeerJsServer } from '../peerjs-server.ts';
import { Subject, type SubjectName } from '../subjects.ts';

/** What players meet by: the software in their page, and its server. */
export interface Software {
  readonly name: SubjectName;
  readonly inPage: 'library' | 'peerjs';
  readonly server: { readonly port: number; readonly key: string };
  stop(): Promise<void>;
}

/** The matchmaker looks as often as it can. */
const config = { 'matchmaker.interval_sec': '1', 'matchmaker.max_intervals': '1' };

async function library(name: SubjectName, modulePath: string): Promise<Software> {
  const { port, serverKey: key, stop } = await startServer({ modulePath, config });
  return { name, inPage: 'library', server: { port, key }, stop };
}

async function peerJs(): Promise<Software> {
  const { port, stop } = await startPeerJsServer();
  return { name: Subject.PEERJS_CLIENT, inPage: 'peerjs', server: { port, key: '' }, stop };
}

export function startAll(): Promise<Software[]> {
  return Promise.all([
    library(Subject.ROOM, 'build/index.js'),
    library(Subject.RELAYED, 'kit/servers/no-module/index.js'),
    peerJs(),
  ]);
}
