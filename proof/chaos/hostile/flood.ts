import { setTimeout as sleep } from 'node:timers/promises';
import type { LightBot } from '../../../kit/players/light-bot.ts';
import { base64Of } from '../../../kit/players/wire.ts';
import type { Dear, Names } from '../../bench/dear-messages.ts';

/** A socket, and what it sends again and again: written beforehand, so that it costs the sender little. */
export interface Flooder {
  readonly player: LightBot;
  readonly frames: readonly string[];
}

/** Messages that are sent before the server has to have read some of them. */
const AT_ONCE = 4;
/** While one part of a flood waits for the server, the other is there to be read. */
const PARTS = 2;

/** Sends as fast as the sockets go, or so many a second in all. Resolves to how many the server has read. */
export async function flood(
  flooders: readonly Flooder[],
  perSecond: number | null,
  isOver: () => boolean,
): Promise<number> {
  if (perSecond !== null) return trickle(flooders, perSecond, isOver);
  const parts = Array.from({ length: PARTS }, (_, part) => part);
  const sent = await Promise.all(
    flooders.flatMap((flooder) => parts.map((part) => press(flooder, part, isOver))),
  );
  return sent.reduce((sum, count) => sum + count, 0);
}

async function press({ player, frames }: Flooder, part: number, isOver: () => boolean): Promise<number> {
  let sent = 0;
  while (!isOver() && player.closedBecause === null) {
    for (let i = 0; i < AT_ONCE; i++) player.postText(frameAt(frames, PARTS * sent++ + part));
    await hasRead(player);
  }
  return sent;
}

/** In turns; a socket of which the server has yet to read some is left out. */
async function trickle(
  flooders: readonly Flooder[],
  perSecond: number,
  isOver: () => boolean,
): Promise<number> {
  const begun = performance.now();
  const unread = new Set<LightBot>();
  let sent = 0;
  for (let turn = 0; !isOver(); await sleep(1)) {
    const due = ((performance.now() - begun) / 1000) * perSecond;
    for (; turn < due; turn++) {
      const { player, frames } = flooders[turn % flooders.length] as Flooder;
      if (unread.has(player) || player.closedBecause !== null) continue;
      const round = Math.floor(turn / flooders.length);
      player.postText(frameAt(frames, round));
      sent++;
      if (round % AT_ONCE < AT_ONCE - 1) continue;
      unread.add(player);
      hasRead(player).then(() => unread.delete(player));
    }
  }
  await Promise.all(flooders.map(({ player }) => hasRead(player)));
  return sent;
}

/** Also when it has cut the player off. */
const hasRead = (player: LightBot) => player.ping().catch(() => {});

const frameAt = (frames: readonly string[], index: number) => frames[index % frames.length] as string;

/** A message as it goes over a socket. */
export function frameOf(matchId: string, opCode: number, data: string | Uint8Array, recipients = 0): string {
  const presences = recipients > 0 && { presences: Array.from({ length: recipients }, () => ({})) };
  const body = { match_id: matchId, op_code: String(opCode), data: base64Of(data), ...presences };
  return JSON.stringify({ match_data_send: body });
}

/** Each message of these kinds that there is, of about so many bytes. */
export function framesOf(dear: readonly Dear[], matchId: string, names: Names, bytes: number): string[] {
  return dear.map(({ opCode, write, isAddressed }, turn) =>
    frameOf(matchId, opCode, write(bytes, names, turn), isAddressed ? Math.floor(bytes / 3) : 0),
  );
}
