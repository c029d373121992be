import type { Play } from './play.ts';

/** How things stand, in a sentence. */
export function statusOf(play: Play | null): string {
  if (play === null) return 'Move with the arrow keys, or drag.';
  const { match, game } = play;
  if (match.isReconnecting) return 'The server cannot be reached right now. The game goes on without it.';
  const others = match.players.length - 1;
  if (match.state === 'matching' || match.state === 'joining' || others < 0) return 'On the way into a room.';
  if (others === 0) return 'You are alone in the room. Send others the link, or open it in another window.';
  const away = match.players.find((player) => player.away);
  if (away !== undefined) return `${away.username} is away. Their seat is kept for ${away.awaySec} s.`;
  const failed = match.players.filter(({ status }) => status === 'failed');
  if (failed.length > 0)
    return `There is no connection to ${failed.map(({ username }) => username).join(', ')} yet.`;
  if (match.state === 'connecting') return 'Connecting everybody …';
  const isIt = game.holder === game.self.peerId;
  return isIt ? 'You are it: catch somebody!' : `${play.nameOf(game.holder ?? 0)} is it: run!`;
}
