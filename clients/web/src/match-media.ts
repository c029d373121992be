import { OnlineMatchError } from './errors.ts';
import { MatchData } from './match-data.ts';
import type { TrackTarget } from './own-tracks.ts';

/** What players let each other hear and see. */
export abstract class MatchMedia extends MatchData {
  /**
   * Sends a track to one player, or to all, until it is removed or the match left: also to those who join later, and again over
   * links that are made anew. They hear of it by `track`, with a stream that has the tracks of `stream`. It goes over links
   * between two players, in a star to and from the host alone. Players whose client takes none, as with Godot, are left out
   * (`can`), and so are those to whom data goes through the server, until a direct link is back: `media` of a player says
   * whether tracks go both ways. To add it again with another stream changes that. Throws `not-in-a-match` and, in relayed matches
   * and with `media: false`, `unsupported`.
   */
  addTrack(
    track: MediaStreamTrack,
    { to = 'all', stream }: { readonly to?: TrackTarget; readonly stream?: MediaStream | undefined } = {},
  ): void {
    const { links, self } = this.member;
    if (self?.can.includes('media') === false)
      throw new OnlineMatchError('unsupported', 'Tracks cannot be sent here: see the option `media`.');
    links.tracks.add(to, { track, streams: stream === undefined ? [] : [stream] });
    links.mesh.updateTracks();
  }

  /**
   * Sends a track to nobody any more, or takes back that it goes to one player. The other end gets nothing more at once, and
   * hears `trackEnded` in a moment. The track itself goes on: `track.stop()` ends it, and lets go of the microphone. Throws
   * `not-in-a-match`.
   */
  removeTrack(track: MediaStreamTrack, { to = 'all' }: { readonly to?: TrackTarget } = {}): void {
    const { links } = this.member;
    links.tracks.remove(to, track);
    links.mesh.updateTracks();
  }
}
