import { hasWindows, howToMove } from './device.ts';
import type { Play } from './play.ts';
import { whyAway } from './why.ts';

/** How things stand, in a sentence. */
export function statusOf(play: Play | null): string {
  if (play === null) return howToMove();
  const { match, game } = play;
  if (match.isReconnecting) return 'The server cannot be reached right now. The game goes on without it.';
  const others = match.players.length - 1;
  if (match.state === 'matching' || match.state === 'joining' || others < 0) return 'On the way into a room.';
  if (others === 0) return alone(play);
  const away = match.players.find((player) => player.away);
  if (away !== undefined) return whyAway(away);
  const failed = match.players.filter(({ status }) => status === 'failed');
  if (failed.length > 0)
    return `There is no connection to ${failed.map(({ username }) => username).join(', ')} yet. The links say why.`;
  if (match.state === 'connecting') return 'Connecting everybody …';
  const isIt = game.holder === game.self.peerId;
  return isIt ? 'You are it: catch somebody!' : `${play.nameOf(game.holder ?? 0)} is it: run!`;
}

/** Others are asked for only where they can come in. */
function alone({ match, hasMet, isLost, isMatched }: Play): string {
  const { phase, openSeats } = match.room ?? {};
  if (isLost) return 'You are alone, and the room is gone. Leave it to play with others.';
  if (isMatched)
    return hasMet
      ? 'The others have left, and nobody else comes into this room. Leave it to find other players.'
      : 'The others whom the matchmaker found are on their way.';
  if (phase === 'closed') return 'The host has left, and nobody else can come in. Leave to play with others.';
  if (phase === 'sealed')
    return match.isHost
      ? 'You are alone, and the room is closed. Open it again, or leave.'
      : 'You are alone, and nobody else can come in. Leave to play with others.';
  if (openSeats === 0) return 'You are alone in the room. Somebody is on their way.';
  const window = hasWindows() ? ', or open it in another window' : '';
  return `You are alone in the room. Send others the link${window}.`;
}
