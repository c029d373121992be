import type { DataConnection, Peer } from 'peerjs';
import { type MeetingOptions, type Met, now, type Player } from './meeting.ts';

declare global {
  /** PeerJS’s own script makes it. */
  var peerjs: { readonly Peer: typeof Peer };
}

/** PeerJS has no rooms: everybody knows the ids of the others, and connects to those before them. */
export class PeerJsPlayer implements Player {
  #peer: Peer | null = null;
  #options: MeetingOptions | null = null;

  prepare(options: MeetingOptions): Promise<void> {
    const { server, iceServers, isRelayed } = options;
    const config = { iceServers, iceTransportPolicy: isRelayed ? 'relay' : 'all' };
    const peer = new globalThis.peerjs.Peer(idOf(options, options.place), {
      host: '127.0.0.1',
      port: server.port,
      path: '/',
      config,
    });
    this.#peer = peer;
    this.#options = options;
    return new Promise((resolve, reject) => {
      peer.on('open', () => resolve());
      peer.on('error', reject);
    });
  }

  meet(): Promise<Met> {
    const [peer, options] = [this.#peer, this.#options];
    if (peer === null || options === null) throw new Error('prepare() comes first');
    return new Promise((resolve, reject) => {
      const begun = now();
      let open = 0;
      const count = (connection: DataConnection) =>
        connection.on('open', () => {
          if (++open === options.players - 1) resolve({ begun, open: now() });
        });
      peer.on('error', reject);
      peer.on('connection', count);
      for (let place = 0; place < options.place; place++)
        count(peer.connect(idOf(options, place), { reliable: true }));
    });
  }
}

function idOf({ group }: MeetingOptions, place: number): string {
  return `${group}-${place}`;
}
