import type { OnlineMatch, Room } from '../../clients/web/src/index.ts';
import { dismiss, webPlayer } from '../web-player.ts';
import type { Crew } from './crew.ts';

const TALK_MS = 100;

/** A game with the client library and real WebRTC, in which everybody counts aloud to everybody. */
export class Gamer {
  /** So many numbers were said so far. */
  said = 0;
  private timer: NodeJS.Timeout | undefined;
  private room: Room | null = null;
  /** The last number heard of each, by peer id; and what came out of order. */
  private readonly heard = new Map<number, number>();
  private readonly mistakes: string[] = [];

  private constructor(private readonly match: OnlineMatch) {
    match.on('roomChanged', (room) => {
      this.room = room;
    });
    match.on('message', ({ from, data }) => this.hear(from.peerId, Number(data)));
  }

  /** The same few users in every run: a user more would be memory more. */
  static async connect(crew: Crew, index: number, port: number | null, maxPlayers: number): Promise<Gamer> {
    const { server } = crew.world;
    const address = { ...server, port: port ?? server.port };
    return new Gamer(await webPlayer(address, { name: `gamer-${index}`, returns: true, maxPlayers }));
  }

  get peerId(): number {
    return this.match.self?.peerId ?? 0;
  }

  create(): Promise<string> {
    return this.match.createMatch().then(({ matchId }) => matchId);
  }

  join(matchId: string): Promise<string> {
    return this.match.joinMatch(matchId);
  }

  /** Whether all are in, here, and linked with each other. */
  sees(peerIds: readonly number[]): boolean {
    const { players = [], connected = false } = this.room ?? {};
    const here = players.filter(({ awaySec }) => awaySec === null).map(({ peerId }) => peerId);
    return connected && `${here}` === `${[...peerIds].sort((a, b) => a - b)}`;
  }

  beginTalking(): void {
    this.timer = setInterval(() => this.match.send('all', String(++this.said)), TALK_MS);
  }

  endTalking(): void {
    clearInterval(this.timer);
  }

  /** What did not come of what each of them said, in words. */
  missing(peerIds: readonly number[], said: readonly number[]): string[] {
    const late = peerIds
      .map((peerId, index) => ({ peerId, said: said[index] ?? 0, heard: this.heard.get(peerId) ?? 0 }))
      .filter(({ peerId, said: count, heard }) => peerId !== this.peerId && heard < count)
      .map(({ peerId, said: count, heard }) => `${this.peerId} heard ${heard} of ${count} from ${peerId}`);
    return [...this.mistakes, ...late];
  }

  async close(): Promise<void> {
    this.endTalking();
    await dismiss(this.match);
  }

  private hear(from: number, number: number): void {
    const last = this.heard.get(from) ?? 0;
    if (number !== last + 1) this.mistakes.push(`${this.peerId} heard ${number} after ${last} from ${from}`);
    this.heard.set(from, number);
  }
}

/** All in one match, and linked with each other; those with a port reach the server by it. */
export async function gatherGamers(
  crew: Crew,
  count: number,
  portOf: (index: number) => number | null,
): Promise<Gamer[]> {
  const gamers = await Promise.all(
    Array.from({ length: count }, (_, index) => Gamer.connect(crew, index, portOf(index), count)),
  );
  const [first, ...others] = gamers as [Gamer, ...Gamer[]];
  const matchId = await first.create();
  for (const gamer of others) await gamer.join(matchId);
  await crew.within(
    'the players of a game are linked with each other',
    () => gamers.filter((gamer) => !gamer.sees(gamers.map(({ peerId }) => peerId))).length,
    (unlinked) => unlinked === 0,
  );
  return gamers;
}
