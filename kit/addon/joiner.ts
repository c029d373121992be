import type { Content } from './codec.ts';
import type { Peers } from './peers.ts';
import { unserializePlayers } from './players.ts';
import { entryOf, fieldOf, type Script } from './script.ts';
import type { Emit, GameSettings, Situation } from './situation.ts';
import type { Variant } from './variants.ts';

/** What the game of a player who joined makes of the list of players that it is sent. */
export class Joiner {
  constructor(
    private readonly now: Situation,
    private readonly variant: Variant,
    private readonly settings: GameSettings,
    private readonly peers: Peers,
    private readonly script: Script,
    private readonly emit: Emit,
    private readonly fail: (text: string) => void,
  ) {}

  onSuccess(content: unknown): void {
    const { now, variant, peers, settings } = this;
    if (!variant.hasRequests && ((content as Content).client_version ?? '') !== settings.clientVersion) {
      this.fail("Client version doesn't match host");
      if (variant.stopsAtOtherVersion) return;
    }
    const players = unserializePlayers(this.script, fieldOf(content, 'players'), variant.hasRequests);
    const own = () => entryOf(players, now.mySessionId);
    if (variant.entersMesh === 'before-anybody') peers.mesh.initialize(own().peer_id);
    if (variant.entersMesh === 'first-and-without-a-peer' && !now.players.has(now.mySessionId)) {
      now.players.set(now.mySessionId, own());
      peers.mesh.initialize(own().peer_id);
      this.emit('player_joined', now.mySessionId);
    }
    for (const [sessionId, player] of players) {
      if (now.players.has(sessionId)) continue;
      now.players.set(sessionId, player);
      peers.connect(player);
      this.emit('player_joined', sessionId);
      if (sessionId === now.mySessionId && variant.entersMesh === 'at-own-entry')
        peers.mesh.initialize(own().peer_id);
    }
  }
}
