import type { Address } from '../../kit/players/nakama-js-player.ts';
import { webPlayer } from '../web-player.ts';
import { type News, type Order, Talker } from './talker.ts';

/** To the process that has started this one. */
export type FromPlayer =
  | { readonly news: News }
  | { readonly answer: string | null }
  | { readonly error: string };

/** A player in a process of their own, started inside of their network; takes orders one at a time. */
export async function main([address = '', maxPlayers = '']: string[]): Promise<void> {
  const tell = (message: FromPlayer) => process.send?.(message);
  process.on('disconnect', () => process.exit(0));
  const match = await webPlayer(JSON.parse(address) as Address, {
    returns: true,
    maxPlayers: Number(maxPlayers),
  });
  const talker = new Talker(match, (news) => tell({ news }));
  process.on('message', (order: Order) => {
    talker.obey(order).then(
      (answer) => tell({ answer }),
      (error) => tell({ error: String(error) }),
    );
  });
  tell({ answer: null });
}
