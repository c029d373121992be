import type { Bot } from '../players/bot.ts';
import { Inbox, realTimer } from '../players/inbox.ts';
import type { Envelope } from '../players/wire.ts';
import type { Host } from '../servers/host.ts';
import type { MatchmakerData } from './matchmaking.ts';
import { polled, transportOf } from './nakama-socket.ts';
import { OnlineMatch } from './online-match.ts';
import type { Players } from './players.ts';
import type { GameSettings, Signals } from './situation.ts';
import { type VariantName, variants } from './variants.ts';
import { Ether } from './webrtc.ts';

type Item = { kind: string; body: unknown };

export interface PlayerOptions extends Partial<GameSettings> {
  /** Variables of the session, as a game's sign-in may set them. */
  vars?: Record<string, string>;
  /** Another network than that of all others. */
  ether?: Ether;
  /** Whether it looks at its socket once a frame, as games do; the harder for a server is not to. */
  isPolling?: boolean;
}

/** Where all players of a test file meet by WebRTC. */
const everywhere = new Ether();

const DEFAULTS: GameSettings = {
  minPlayers: 2,
  maxPlayers: 8,
  maxTotalPlayers: 8,
  clientVersion: 'dev',
};

/** A player whose game ships the addon as it is, in one of its variants. */
export class AddonPlayer {
  readonly match: OnlineMatch;
  /** What the player was shown, in order. */
  readonly shown: string[] = [];
  /** Every frame its game sent. */
  readonly sent: Envelope[] = [];
  private settlings = 0;
  private readonly signals: Inbox<Signals>;

  constructor(
    readonly bot: Bot,
    readonly variant: VariantName,
    { ether = everywhere, isPolling = false, ...settings }: PlayerOptions = {},
  ) {
    const direct = transportOf(bot);
    const transport = {
      ...(isPolling ? polled(direct) : direct),
      post: (envelope: Envelope) => {
        this.sent.push(envelope);
        bot.post(envelope);
      },
    };
    this.signals = new Inbox(() => `${variant} ${this.name} (${this.describe()})`, realTimer);
    const all = { ...DEFAULTS, ...settings };
    this.match = new OnlineMatch(transport, variants[variant], all, ether, (signal, value) => {
      // As it is at this moment; the game's own goes on changing.
      this.signals.record(signal, value instanceof Map ? (new Map(value) as typeof value) : value);
      if (signal === 'error') this.shown.push(value as string);
    });
  }

  static async connect(host: Host, variant: VariantName, options: PlayerOptions = {}) {
    const account = await host.signIn(options.vars && { vars: options.vars });
    return new AddonPlayer(await host.connect(account), variant, options);
  }

  get name(): string {
    return this.bot.account.username;
  }

  get sessionId(): string {
    return this.match.now.mySessionId;
  }

  /** Those this game counts as in, itself among them. */
  get playerIds(): string[] {
    return [...this.match.now.players.keys()].sort();
  }

  get linkedIds(): string[] {
    return this.match.peers.connectedIds.sort();
  }

  get peerId(): number | undefined {
    return this.match.now.players.get(this.sessionId)?.peer_id;
  }

  /** Everything that went wrong in this game without its player being told. */
  get faults(): string[] {
    return [...this.match.script.errors, ...this.match.complaints];
  }

  async create(isSpectator = false): Promise<string> {
    this.match.createMatch(isSpectator);
    return this.next('match_created');
  }

  async join(matchId: string, isSpectator = false): Promise<void> {
    this.match.joinMatch(matchId, isSpectator);
    await this.next('match_joined');
  }

  startMatchmaking(data?: MatchmakerData): void {
    this.match.startMatchmaking(data);
  }

  next<S extends keyof Signals>(signal: S, where?: (value: Signals[S]) => boolean): Promise<Signals[S]> {
    return this.signals.next(signal, where);
  }

  /** `match_ready` with so many players; rejects as soon as the player is told of an error instead. */
  async ready(count: number): Promise<Players> {
    const isReady = ({ kind, body }: Item) => kind === 'match_ready' && (body as Players).size === count;
    const isEnd = ({ kind }: Item) => kind === 'error';
    const end = await this.signals.first((item) => isReady(item) || isEnd(item), 'match_ready');
    if (typeof end === 'string') throw new Error(`${this.variant} ${this.name} was told: ${end}`);
    return end as Players;
  }

  /** The next message to the player. */
  async told(): Promise<string> {
    return this.next('error');
  }

  /** Its game has given up the match that it is in. */
  async untilLobby(): Promise<void> {
    await this.next('reset', () => this.match.now.mode === 'NONE');
    // What it says comes with the end of its leave, or came before.
    await new Promise(setImmediate);
  }

  /** It is linked to exactly these, and says that the match is ready with them. */
  async believes(sessionIds: string[]): Promise<void> {
    const wanted = [...sessionIds].sort().join();
    const isSo = () => this.playerIds.join() === wanted && this.linkedIds.length === sessionIds.length - 1;
    while (!isSo()) await this.nextChange();
  }

  /** Whatever was sent to it so far is here, and dealt with. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      this.bot.post({ cid: `settled ${++this.settlings}`, ping: {} });
      await this.bot.next('pong');
    }
  }

  private nextChange(): Promise<unknown> {
    const kinds = ['player_joined', 'player_left', 'player_connected'];
    return this.signals.first(({ kind }) => kinds.includes(kind), 'a player to come, go or connect');
  }

  all<S extends keyof Signals>(signal: S): Signals[S][] {
    return this.signals.all(signal);
  }

  private describe(): string {
    const { mode, state, players } = this.match.now;
    const faults = this.faults.length === 0 ? '' : `, faults: ${this.faults.join('; ')}`;
    return `${mode}, ${state}, linked to ${this.linkedIds.length} of ${players.size} players${faults}`;
  }
}
