import type { Address } from '../../../kit/players/nakama-js-player.ts';
import type { Server } from '../../../kit/servers/server.ts';
import { GodotPlayer } from './godot-player.ts';

/** The games of one test. */
export class GodotPool {
  private games: GodotPlayer[] = [];

  constructor(private readonly server: Server) {}

  /** `address`: another way to the server. `pack`: the game as it was exported. */
  async start(
    count: number,
    settings: object = {},
    { address = this.server, pack }: { address?: Address; pack?: string } = {},
  ): Promise<GodotPlayer[]> {
    const first = this.games.length;
    const names = Array.from({ length: count }, (_, index) => String.fromCharCode(65 + first + index));
    const started = await Promise.all(
      names.map((name) => GodotPlayer.start(address, { name, settings, pack })),
    );
    this.games.push(...started);
    return started;
  }

  /** The game of the same user, started again. */
  async startAgain(game: GodotPlayer): Promise<GodotPlayer> {
    const again = await GodotPlayer.start(this.server, { name: 'again', device: game.device });
    this.games.push(again);
    return again;
  }

  /** So many games in one match, who came one by one: each has the peer id of its place. */
  async room(count: number, options: object = {}): Promise<GodotPlayer[]> {
    const players = await this.start(count);
    const [host, ...others] = players as [GodotPlayer, ...GodotPlayer[]];
    await host.do('create_match', options);
    const matchId = await host.next('match_created');
    for (const other of others) await other.do('join_match', matchId);
    await this.expectMesh();
    return players;
  }

  /** All are ready with all, know each other by the same ids, and hear each other; no script failed. */
  async expectMesh(games = this.games): Promise<void> {
    await Promise.all(games.map((game) => game.ready(games.length)));
    const looks = await Promise.all(games.map((game) => game.look()));
    const ids = looks.map(({ peer_id }) => peer_id);
    for (const look of looks) {
      expect(look.players.map(({ peer_id }) => peer_id).sort()).toEqual([...ids].sort());
      expect([...look.peers, look.peer_id].sort()).toEqual([...ids].sort());
    }
    await expectTalk(games);
    expect(games.flatMap((game) => game.complaints())).toEqual([]);
  }

  /** Ends all, whatever they are in. */
  async end(): Promise<void> {
    await Promise.all(this.games.map((game) => game.kill()));
    this.games = [];
  }
}

let said = 0;

/** Each calls an RPC of all, and each hears each other, once and from the right peer id. */
export async function expectTalk(games: readonly GodotPlayer[]): Promise<void> {
  const text = `hello ${++said}`;
  const ids = await Promise.all(games.map(async (game) => (await game.look()).peer_id));
  await Promise.all(games.map((game) => game.do('say', text)));
  for (const [index, game] of games.entries())
    for (const id of ids)
      if (id !== ids[index])
        await game.next('heard', ({ from, text: heard }) => from === id && heard === text);
}
