import { Client } from '@heroiclabs/nakama-js';
import { OnlineMatch } from '../../../../clients/web/src/index.ts';
import { type MeetingOptions, type Met, now, type Player } from './meeting.ts';

/** This project's library, on a Nakama with the module or without it: who is in one group is matched. */
export class LibraryPlayer implements Player {
  #match: OnlineMatch | null = null;
  #options: MeetingOptions | null = null;

  async prepare(options: MeetingOptions): Promise<void> {
    const { server, players, iceServers, isRelayed } = options;
    const client = new Client(server.key, '127.0.0.1', String(server.port));
    const session = await client.authenticateDevice(crypto.randomUUID());
    const socket = client.createSocket();
    await socket.connect(session, false);
    this.#options = options;
    this.#match = new OnlineMatch(socket, {
      minPlayers: players,
      maxPlayers: players,
      iceServers,
      useNetworkRelay: isRelayed ? 'forced' : 'auto',
    });
  }

  meet(): Promise<Met> {
    const [match, options] = [this.#match, this.#options];
    if (match === null || options === null) throw new Error('prepare() comes first');
    return new Promise((resolve, reject) => {
      let begun = 0;
      match.on('error', reject);
      match.on('matchmakerMatched', () => {
        begun = now();
      });
      match.on('playerStatusChanged', () => {
        const others = match.players.filter(({ peerId }) => peerId !== match.self?.peerId);
        const isOpen =
          others.length === options.players - 1 && others.every(({ status }) => status === 'connected');
        if (isOpen) resolve({ begun, open: now() });
      });
      const { group } = options;
      match
        .startMatchmaking({ query: `+properties.group:${group}`, stringProperties: { group } })
        .catch(reject);
    });
  }
}
