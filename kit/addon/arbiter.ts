import type { Presence } from '../players/wire.ts';
import type { Content, Payload } from './codec.ts';
import type { Peers } from './peers.ts';
import { activeCount, playerFrom, serializePlayers } from './players.ts';
import { given } from './script.ts';
import type { Emit, GameSettings, Situation } from './situation.ts';
import type { Variant } from './variants.ts';

/** Sends match data to everybody in the match. */
export type Send = (payload: Payload, content: Content) => void;

/** What the game of a player who created a match decides for all: who may stay, and with which peer id. */
export class Arbiter {
  constructor(
    private readonly now: Situation,
    private readonly variant: Variant,
    private readonly settings: GameSettings,
    private readonly peers: Peers,
    private readonly emit: Emit,
    private readonly send: Send,
  ) {}

  onJoin(user: Presence): void {
    const { now, variant } = this;
    const hasSeat = now.players.size < this.settings.maxPlayers;
    for (const verdict of variant.verdictsOn(now.state === 'PLAYING', hasSeat)) {
      if (verdict === 'admit') this.admit(user);
      else this.send('join-error', variant.joinError(user.session_id, verdict));
    }
  }

  /** Only in the variant whose joiners ask; it does not look whether the match is being played. */
  onRequest(content: unknown, presence: Presence | undefined): void {
    const { client_version, spectator } = content as Content;
    const user = given(presence, 'session_id of null');
    const isSpectator = spectator === true;
    if ((client_version ?? '') !== this.settings.clientVersion)
      this.send('join-error', this.variant.joinError(user.session_id, 'version'));
    else if (!this.hasSeatFor(isSpectator))
      this.send('join-error', this.variant.joinError(user.session_id, 'full'));
    else this.admit(user, isSpectator);
  }

  private hasSeatFor(isSpectator: boolean): boolean {
    const { maxPlayers, maxTotalPlayers } = this.settings;
    const { players } = this.now;
    return players.size < maxTotalPlayers && (isSpectator || activeCount(players) < maxPlayers);
  }

  private admit(user: Presence, isSpectator = false): void {
    const { now, variant } = this;
    const player = playerFrom(user, now.nextPeerId++, isSpectator);
    now.players.set(user.session_id, player);
    this.emit('player_joined', user.session_id);
    const players = serializePlayers(now.players, variant.hasRequests);
    const version = variant.hasRequests ? {} : { client_version: this.settings.clientVersion };
    this.send('join-success', { players, ...version });
    this.peers.connect(player);
  }
}
