import { startChild } from '../../tools/stack/child.ts';
import { projectDir } from '../../tools/stack/folders.ts';
import { freePorts } from '../../tools/stack/ports.ts';

export interface PeerJsServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A PeerJS server in a process of its own; resolves once it listens. */
export async function startPeerJsServer(): Promise<PeerJsServer> {
  const { api: port } = await freePorts();
  let listening = () => {};
  const isListening = new Promise<void>((resolve) => {
    listening = resolve;
  });
  const child = await startChild({
    name: 'PeerJS server',
    command: process.execPath,
    args: ['proof/bench/baselines/peerjs-server.js', String(port)],
    cwd: projectDir,
    stopSignal: 'SIGTERM',
    onLine: (line) => line === 'listening' && listening(),
  });
  const end = child.ended.then((how) => Promise.reject(new Error(`the PeerJS server ended with ${how}`)));
  await Promise.race([isListening, end]);
  end.catch(() => {});
  return { port, pid: child.pid, stop: child.stop };
}
