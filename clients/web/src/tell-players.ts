import type { Emit } from './events.ts';
import type { Links } from './links.ts';
import { CONNECTING, type Player, type Roster, type RosterEvents } from './roster.ts';

export interface PlayersContext {
  roster(): Roster;
  links(): Links;
  readonly emit: Emit;
  /** Whether it is, or was, a session of this player. */
  isOwn(sessionId: string): boolean;
  /** Whether this player comes back right now, and then looks at all links. */
  isReturning(): boolean;
}

/** What the game hears of players who come, go and change, and what becomes of the links to them. */
export function tellPlayers(context: PlayersContext): RosterEvents {
  const { emit, roster, links, isOwn, isReturning } = context;

  /** They have nothing left of the link that was. */
  const connectAnew = ({ peerId }: Player) => {
    const player = roster().setStatus(peerId, CONNECTING);
    if (player === undefined) return;
    links().connect(player);
    emit('playerStatusChanged', player);
  };

  return {
    onJoined(player) {
      const isSelf = isOwn(player.sessionId);
      const shown = isSelf
        ? roster().setStatus(player.peerId, { ...CONNECTING, status: 'connected' })
        : player;
      emit('playerJoined', shown ?? player);
      if (!isSelf) links().connect(player);
    },
    onLeft(player) {
      links().mesh.remove(player.peerId);
      emit('playerLeft', player);
    },
    onChanged(player, before) {
      if (isOwn(player.sessionId)) return;
      if (player.away !== before.away) emit(player.away ? 'playerAway' : 'playerBack', player);
      if (player.away) return links().doubt(player.peerId);
      if (player.generation !== before.generation) connectAnew(player);
      else if (!isReturning()) links().repair(player, { wasAway: false });
    },
  };
}
