import type { OnlineMatch } from '../../clients/web/src/index.ts';
import type { Wish } from './wish.ts';

/** Gets a player what they ask for. */
export async function enterBy(wish: Wish, match: OnlineMatch, signal: AbortSignal): Promise<void> {
  switch (wish.kind) {
    case 'quick':
      await match.joinOrCreate({ signal });
      break;
    case 'create':
      await match.createMatch({ ...wish.room, signal });
      break;
    case 'matchmake':
      await match.startMatchmaking({ signal });
      break;
    case 'join':
      await match.joinMatch(wish.matchId, { password: wish.password, signal });
      break;
    case 'resume':
      await match.resume({ signal });
  }
}
