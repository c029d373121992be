import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { createRoom, enter, Op, rosterOf } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Account } from '../../kit/players/socket-player.ts';
import { connectBot } from '../../kit/players/websocket.ts';
import { base64Of, jsonOf, type MatchData } from '../../kit/players/wire.ts';
import type { RealHost } from '../../kit/servers/real-nakama.ts';

const PLAYERS = 3;
/** Each says something so often, one after the other; in a room of three that is within the bounds of `local.yml`. */
const PERIOD_MS = 100;
/** Far more than a hop takes, on a busy machine too. */
const LIMIT_MS = 15_000;

interface Place {
  readonly matchId: string;
  readonly bots: readonly Bot[];
}

/** How many numbered messages one player has sent to the next, and how many of them have come. */
interface Count {
  sent: number;
  received: number;
}

/** The hops of what is sent in a time, in µs. */
interface Watch {
  readonly hops: RecordableHistogram;
  readonly from: number;
  until: number;
}

/** Rooms of well-behaved players, who talk all the while: each sends numbered messages to the next. */
export class Steady {
  /** What went wrong in them, in words. */
  readonly problems: string[] = [];
  /** The longest time that one message took. */
  slowestHopMs = 0;
  private places: readonly Place[] = [];
  private counts = new Map<Bot, Count>();
  private watch: Watch | null = null;
  private clock: NodeJS.Timeout | undefined;
  private turn = 0;
  private isInterrupted = false;

  private constructor(private readonly accounts: readonly (readonly Account[])[]) {}

  static async start(host: RealHost, rooms: number): Promise<Steady> {
    const accounts: Account[][] = [];
    for (let room = 0; room < rooms; room++) {
      accounts.push(await Promise.all(Array.from({ length: PLAYERS }, () => host.signIn())));
    }
    const steady = new Steady(accounts);
    await steady.open(host);
    return steady;
  }

  get matchIds(): string[] {
    return this.places.map(({ matchId }) => matchId);
  }

  get players(): number {
    return this.places.length * PLAYERS;
  }

  get account(): Account {
    return this.accounts[0]?.[0] as Account;
  }

  /** Whatever they have sent so far has come. */
  async drain(): Promise<void> {
    const due = new Map([...this.counts].map(([bot, { sent }]) => [bot, sent]));
    const isDone = () => [...due].every(([bot, sent]) => (this.counts.get(bot)?.received ?? sent) >= sent);
    const deadline = Date.now() + LIMIT_MS;
    while (!isDone() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
    if (!isDone()) this.problems.push('messages of the steady rooms did not come');
    for (const { bots } of this.places) for (const bot of bots) bot.inbox.items.splice(0);
  }

  /** How long their messages take that they send while `work` goes on, in µs, however late they come. */
  async hopsDuring(work: () => Promise<unknown>): Promise<RecordableHistogram> {
    const watch = { hops: createHistogram(), from: performance.now(), until: Number.POSITIVE_INFINITY };
    this.watch = watch;
    await work();
    watch.until = performance.now();
    await this.drain();
    return watch.hops;
  }

  /** Their server goes, and `work` gives them another: they connect again, and make new rooms. */
  async interrupt(work: () => Promise<RealHost>): Promise<void> {
    this.isInterrupted = true;
    clearInterval(this.clock);
    const bots = this.places.flatMap((place) => place.bots);
    const host = await work();
    await Promise.all(bots.map(({ closed }) => closed));
    this.isInterrupted = false;
    await this.open(host);
  }

  stop(): void {
    this.isInterrupted = true;
    clearInterval(this.clock);
    for (const { bots } of this.places) for (const bot of bots) bot.terminate();
  }

  private async open(host: RealHost): Promise<void> {
    this.counts = new Map();
    this.places = await Promise.all(this.accounts.map((accounts) => this.openRoom(host, accounts)));
    this.clock = setInterval(() => this.talk(), PERIOD_MS / this.players);
  }

  private async openRoom(host: RealHost, accounts: readonly Account[]): Promise<Place> {
    const bots = await Promise.all(accounts.map((account) => connectBot(host.server.port, account)));
    const { match_id } = await createRoom(bots[0] as Bot, { max_players: PLAYERS });
    for (const bot of bots) {
      await enter(bot, match_id);
      this.counts.set(bot, { sent: 0, received: 0 });
      bot.onData(Op.WEBRTC_PEER_METHOD, (data) => this.receive(bot, data));
      bot.closed.then((reason) => {
        if (!this.isInterrupted) this.problems.push(`the socket of a steady player was closed (${reason})`);
      });
    }
    await Promise.all(bots.map((bot) => rosterOf(bot, PLAYERS)));
    return { matchId: match_id, bots };
  }

  private talk(): void {
    const number = this.turn++ % this.players;
    const { matchId, bots } = this.places[number % this.places.length] as Place;
    const at = Math.floor(number / this.places.length);
    const [bot, next] = [bots[at], bots[(at + 1) % bots.length]] as [Bot, Bot];
    const count = this.counts.get(next) as Count;
    const numbered = { media: `${count.sent++}`, index: 0, name: `${performance.now()}` };
    const text = { method: 'add_ice_candidate', target: next.sessionId, ...numbered };
    const body = { match_id: matchId, op_code: `${Op.WEBRTC_PEER_METHOD}` };
    bot.post({ match_data_send: { ...body, data: base64Of(JSON.stringify(text)) } });
  }

  private receive(bot: Bot, data: MatchData): void {
    const { media, name } = jsonOf(data);
    const count = this.counts.get(bot) as Count;
    const sentAt = Number(name);
    const ms = performance.now() - sentAt;
    this.slowestHopMs = Math.max(this.slowestHopMs, ms);
    const { watch } = this;
    if (watch && sentAt >= watch.from && sentAt < watch.until)
      watch.hops.record(Math.max(1, Math.round(ms * 1000)));
    if (Number(media) !== count.received)
      this.problems.push(`a steady player got message ${media}, message ${count.received} was due`);
    count.received = Number(media) + 1;
  }
}
