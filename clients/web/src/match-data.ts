import type { Data } from './channels.ts';
import { OnlineMatchError } from './errors.ts';
import type { OnlineMatchEvents } from './events.ts';
import type { Link } from './link.ts';
import type { LinkStats } from './link-stats.ts';
import { MatchControls } from './match-controls.ts';
import type { Player } from './roster.ts';

/** What players send each other, and how it goes. */
export abstract class MatchData extends MatchControls {
  abstract on<Name extends keyof OnlineMatchEvents>(
    name: Name,
    listener: (value: OnlineMatchEvents[Name]) => void,
  ): () => void;

  /**
   * Sends to one player, or to all who were ever linked. Unreliable data may be lost or arrive out of order; what is older
   * than a second, it is dropped. Reliable data arrives once and in order, whichever way the link takes meanwhile: where both
   * clients can go through the server, it is kept until it has arrived, 1 MiB for each player. Throws `OnlineMatchError`
   * `not-in-a-match`, `not-connected` when there never was a link to that player, or `buffer-full`; with `all`, after
   * it was sent to all others.
   */
  send(to: number | 'all', data: Data, { reliable = true }: { readonly reliable?: boolean } = {}): void {
    if (to === 'all') this.member.links.mesh.sendToAll(data, reliable);
    else this.#linkTo(to).send(data, reliable);
  }

  /** Bytes of reliable data to that player that have not arrived yet. Throws as `send`. */
  bufferedAmount(peerId: number): number {
    return this.#linkTo(peerId).bufferedAmount;
  }

  /** Calls `listener` when more than 64 KiB were to be sent to a player, and less are left. As the event `drained`. */
  onDrained(listener: (player: Player) => void): () => void {
    return this.on('drained', listener);
  }

  /** How the link to that player is. Throws as `send`. */
  statsOf(peerId: number): LinkStats {
    return this.#linkTo(peerId).stats;
  }

  #linkTo(peerId: number): Link {
    const link = this.member.links.mesh.get(peerId);
    if (link === undefined)
      throw new OnlineMatchError('not-connected', `There is no link to a player with peer id ${peerId}.`);
    return link;
  }
}
