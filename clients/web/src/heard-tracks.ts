import type { Emit, PlayerTrack } from './events.ts';
import type { Roster } from './roster.ts';

/** Whose tracks this player gets: told when one begins, and with whose it was when it ends, also after they have left. */
export class HeardTracks {
  readonly #roster: Roster;
  readonly #emit: Emit;
  readonly #heard = new Map<MediaStreamTrack, PlayerTrack>();

  constructor(roster: Roster, emit: Emit) {
    this.#roster = roster;
    this.#emit = emit;
  }

  begin(peerId: number, track: MediaStreamTrack, streams: readonly MediaStream[]): void {
    const player = this.#roster.get(peerId);
    if (player === undefined) return;
    const heard = { player, track, streams };
    this.#heard.set(track, heard);
    this.#emit('track', heard);
  }

  end(peerId: number, track: MediaStreamTrack): void {
    const heard = this.#heard.get(track);
    if (heard === undefined) return;
    this.#heard.delete(track);
    this.#emit('trackEnded', { ...heard, player: this.#roster.get(peerId) ?? heard.player });
  }
}
