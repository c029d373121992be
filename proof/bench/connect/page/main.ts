import { LibraryPlayer } from './library-player.ts';
import type { MeetingOptions, Met } from './meeting.ts';
import { PeerJsPlayer } from './peerjs-player.ts';

/** What the bench calls in the page. */
export interface Bench {
  prepare(software: 'library' | 'peerjs', options: MeetingOptions): Promise<void>;
  meet(): Promise<Met>;
}

let player: LibraryPlayer | PeerJsPlayer | null = null;

const bench: Bench = {
  async prepare(software, options) {
    player = software === 'library' ? new LibraryPlayer() : new PeerJsPlayer();
    await player.prepare(options);
  },
  async meet() {
    if (player === null) throw new Error('prepare() comes first');
    return player.meet();
  },
};

Object.assign(globalThis, { bench });
