import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Inbox, realTimer } from '../../../kit/players/inbox.ts';
import type { Address } from '../../../kit/players/nakama-js-player.ts';
import { projectDir } from '../../../tools/stack/folders.ts';

/** A player as a bot tells of them. */
export interface ToldPlayer {
  readonly session_id: string;
  readonly username: string;
  readonly peer_id: number;
  readonly away: boolean;
  readonly away_sec: number;
  readonly status: number;
  /** "server", "turn", or empty where that is not known. */
  readonly via: string;
}

/** What a game hears, by the names of the addon's signals and of Godot's multiplayer. */
export interface Heard {
  error: string;
  failed: { code: string; message: string };
  disconnected: null;
  reconnecting: null;
  reconnected: null;
  match_created: string;
  match_joined: string;
  matchmaker_matched: ToldPlayer[];
  player_joined: ToldPlayer;
  player_left: ToldPlayer;
  player_status_changed: [ToldPlayer, number];
  player_away_changed: ToldPlayer;
  match_ready: ToldPlayer[];
  match_not_ready: null;
  host_changed: [ToldPlayer, number];
  /** In base64. */
  checkpoint_restored: string;
  room_changed: ToldRoom;
  peer_connected: number;
  peer_disconnected: number;
  heard: { from: number; text: string };
  example: Example;
}

/** Some of a snapshot. */
export interface ToldRoom {
  readonly name: string;
  readonly all_ready: boolean;
  readonly players: readonly {
    readonly ready: boolean;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly links: readonly { readonly via?: string; readonly rtt_ms?: number }[];
}

/** What the example shows. */
export interface Example {
  /** The name of the world: `Term` and the host's term. */
  readonly term: string;
  readonly ships: string[];
  readonly scores: Record<string, number>;
  readonly is_begun: boolean;
  readonly status: string;
}

export interface Look {
  readonly state: number;
  readonly match_id: string;
  readonly code: string;
  readonly peer_id: number;
  readonly is_server: boolean;
  readonly is_host: boolean;
  readonly peers: number[];
  /** Of the peers those to whom there is a connection by WebRTC. */
  readonly connections: number[];
  readonly players: ToldPlayer[];
}

interface Start {
  readonly name: string;
  readonly settings?: object;
  /** By which Nakama knows the user. */
  readonly device?: string;
  /** The game as it was exported, in place of the project. */
  readonly pack?: string | undefined;
}

const bots = path.join(projectDir, 'test', 'clients', 'godot', 'bot', 'main.gd');
export const project = path.join(projectDir, 'clients', 'godot');
const patienceMs = 60_000;

/** A game in a Godot process of its own, with the addon and real WebRTC. It tells what it hears, and does as told. */
export class GodotPlayer {
  private readonly inbox: Inbox<Heard & { answer: { id: number; value: unknown } }>;
  private readonly output: string[] = [];
  private lastId = 0;

  private constructor(
    private readonly name: string,
    /** By which Nakama knows the user. */
    readonly device: string,
    readonly process: ChildProcess,
    private readonly control: Socket,
  ) {
    const owner = () => `Godot ${this.name}`;
    this.inbox = new Inbox(owner, realTimer, patienceMs);
    createInterface({ input: control }).on('line', (line) => {
      const { id, event, value } = JSON.parse(line);
      if (event === undefined) this.inbox.record('answer', { id, value });
      else this.inbox.record(event, value);
    });
    for (const stream of [process.stdout, process.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.output.push(line));
    process.once('close', () => this.inbox.close(`Godot has ended:\n${this.output.slice(-30).join('\n')}`));
    control.on('error', () => {});
  }

  /** Starts the process and signs a user in, a new one if nothing is said. */
  static async start(
    server: Address,
    { name, settings = {}, device = randomUUID(), pack }: Start,
  ): Promise<GodotPlayer> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    const { GODOT_BIN = '', GODOT_RTC = '' } = process.env;
    const game = pack === undefined ? ['--path', project] : ['--main-pack', pack];
    const args = ['--headless', ...game, '--script', bots, '--', String(port), GODOT_RTC];
    const child = spawn(GODOT_BIN, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const [control] = await Promise.race([
        once(listener, 'connection') as Promise<[Socket]>,
        failureOf(child),
      ]);
      const player = new GodotPlayer(name, device, child, control);
      await player.do('set_up', { max_players: 8, ...settings });
      const url = `http://${server.host}:${server.port}`;
      if (!(await player.do('connect_to', url, server.serverKey, player.device)))
        throw new Error(`Godot ${name} cannot sign in`);
      return player;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      listener.close();
    }
  }

  /** Calls a method of bot.gd; resolves to what it returns. */
  async do(method: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.lastId;
    this.control.write(`${JSON.stringify({ id, do: method, with: args })}\n`);
    const { value } = await this.inbox.next('answer', (answer) => answer.id === id);
    return value;
  }

  look(): Promise<Look> {
    return this.do('look') as Promise<Look>;
  }

  next<Name extends keyof Heard>(name: Name, where?: (value: Heard[Name]) => boolean): Promise<Heard[Name]> {
    return this.inbox.next(name, where);
  }

  /** The link to that player is up by that way: "server", "turn", or any other that connects. */
  linkedBy(via: string, peerId: number): Promise<unknown> {
    return this.next(
      'player_status_changed',
      ([player, status]) => player.peer_id === peerId && status === 1 && player.via === via,
    );
  }

  all<Name extends keyof Heard>(name: Name): Heard[Name][] {
    return this.inbox.all(name);
  }

  /** The match is ready with so many players in it. */
  ready(count: number): Promise<ToldPlayer[]> {
    return this.next('match_ready', (players) => players.length === count);
  }

  /** Errors that the engine printed: of scripts, and of its own. */
  complaints(): string[] {
    return this.output.filter((line) => /^(SCRIPT |USER )?ERROR:/.test(line.trim()));
  }

  /** The process stands still, and its sockets stay open, as a game in a debugger or a hidden tab. */
  freeze(): void {
    this.process.kill('SIGSTOP');
  }

  thaw(): void {
    this.process.kill('SIGCONT');
  }

  /** As a crash or a lost phone does: nobody gets a word. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await ended;
  }
}

/** Rejects with what it said when Godot ends, or a script of the bot fails, before it calls. */
function failureOf(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    let said = '';
    const onText = (text: Buffer) => {
      said += text;
      if (/^SCRIPT ERROR.*\n.*\n/m.test(said)) reject(new Error(said));
    };
    child.stdout?.on('data', onText);
    child.stderr?.on('data', onText);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Godot ended at once: ${said}`)));
  });
}
