import type { Via } from '../../clients/web/src/index.ts';
import { Device } from './device.ts';
import { Home, type Nat } from './home.ts';
import type { Player, StartPlayer } from './player.ts';
import { record } from './record.ts';
import { type News, TALK_MS } from './talker.ts';

/** By which way each pair goes, by peer ids, the lower one first: `{ '1-2': 'turn' }`. */
export type Ways = Readonly<Record<string, Via>>;

interface Actor {
  readonly player: Player;
  news: News;
}

const NO_NEWS: News = { links: {}, said: {}, heard: {}, mistakes: [] };

/** For what was said to arrive when nobody says more, by whichever way. */
const ARRIVAL_SEC = 60;

/** One game in its networks, which are gone with it. */
export class Scene {
  private readonly homes: Home[] = [];
  private readonly devices: Device[] = [];
  private readonly starts: StartPlayer[] = [];
  private actors: readonly Actor[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly history: string[] = [];
  private readonly begunMs = performance.now();

  private constructor(private readonly name: string) {}

  static async play(name: string, play: (scene: Scene) => Promise<void>): Promise<void> {
    const scene = new Scene(name);
    try {
      await play(scene);
    } finally {
      await scene.end();
    }
  }

  async home(nat: Nat = 'none', ...rules: readonly string[]): Promise<Home> {
    const home = await Home.make(nat);
    this.homes.push(home);
    await home.obey(...rules);
    return home;
  }

  /** One more player lives there, with the next peer id. */
  async player(start: StartPlayer, home: Home): Promise<Device> {
    const device = await Device.at(home);
    this.devices.push(device);
    this.starts.push(start);
    return device;
  }

  /** The first player makes a match, and the others join it. */
  async gather(): Promise<void> {
    const count = this.starts.length;
    this.actors = await Promise.all(
      this.starts.map(async (start, index): Promise<Actor> => {
        const actor = { news: NO_NEWS } as { -readonly [Key in keyof Actor]: Actor[Key] };
        actor.player = await start(this.devices[index] as Device, count, (news) => this.onNews(actor, news));
        return actor;
      }),
    );
    const [first, ...others] = this.actors as [Actor, ...Actor[]];
    const matchId = (await first.player.obey({ to: 'create' })) as string;
    for (const { player } of others) await player.obey({ to: 'join', matchId });
  }

  /** Waits until each has heard of each other what was said from now on. */
  async talks(when: string, { withinSec }: { readonly withinSec: number }): Promise<void> {
    const since = await this.look();
    const sec = await this.within(withinSec, `${when}: all can talk`, () =>
      this.pairs().every(
        ([from, to]) => (this.newsOf(to).heard[from] ?? 0) > (since[from - 1]?.said[to] ?? 0),
      ),
    );
    this.note(`${when}: all can talk`, sec);
  }

  /** They play on for so long, by their own count of what they say. */
  async lasts(sec: number): Promise<void> {
    const wanted = (sec * 1000) / TALK_MS;
    const since = await this.look();
    await this.within(sec * 4 + ARRIVAL_SEC, `${sec} s of play`, () =>
      this.pairs().every(
        ([from, to]) => (this.newsOf(from).said[to] ?? 0) - (since[from - 1]?.said[to] ?? 0) >= wanted,
      ),
    );
  }

  /** Waits until the pairs go by these ways, as both ends see them. */
  async goes(
    when: string,
    { withinSec, by }: { readonly withinSec: number; readonly by: Ways },
  ): Promise<void> {
    const sec = await this.within(withinSec, when, () =>
      Object.entries(by).every(([pair, via]) => {
        const [one, other] = pair.split('-').map(Number) as [number, number];
        const ends = [this.newsOf(one).links[other], this.newsOf(other).links[one]];
        return ends.every((link) => link?.status === 'connected' && link.via === via);
      }),
    );
    this.note(when, sec);
  }

  /** All that was said has come, once and in order, and nothing else has happened. */
  async settles(): Promise<void> {
    for (const { player } of this.actors) await player.obey({ to: 'hush' });
    await this.within(ARRIVAL_SEC, 'all that was said arrives', () =>
      this.pairs().every(([from, to]) => this.newsOf(to).heard[from] === this.newsOf(from).said[to]),
    );
    const counts = this.pairs().map(([from, to]) => this.newsOf(to).heard[from] ?? 0);
    if (counts.some((count) => count === 0)) throw new Error(this.explain('nothing was said'));
  }

  private note(when: string, sec: number): void {
    record({ scenario: this.name, when, sec, ways: this.ways() });
  }

  private async look(): Promise<readonly News[]> {
    await Promise.all(this.actors.map(({ player }) => player.obey({ to: 'tell' })));
    return this.actors.map(({ news }) => news);
  }

  /** Waits for it to be so; nothing may be wrong meanwhile. Resolves to the seconds that it took. */
  private async within(sec: number, what: string, isSo: () => boolean): Promise<number> {
    const begunMs = performance.now();
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        if (error === undefined) resolve();
        else reject(error);
      };
      const look = () => {
        const [mistake] = this.actors.flatMap(({ news }) => news.mistakes);
        if (mistake !== undefined) end(new Error(this.explain(mistake)));
        else if (isSo()) end();
      };
      const timer = setTimeout(
        () => end(new Error(this.explain(`not within ${sec} s: ${what}`))),
        sec * 1000,
      );
      this.listeners.add(look);
      look();
    });
    return (performance.now() - begunMs) / 1000;
  }

  private onNews(actor: Actor, news: News): void {
    const before = this.ways();
    actor.news = news;
    const after = this.ways();
    if (after !== before) this.history.push(`${this.sec()} s: ${after}`);
    for (const listen of [...this.listeners]) listen();
  }

  /** Each pair as its lower end sees it. */
  private ways(): string {
    return this.pairs()
      .filter(([from, to]) => from < to)
      .map(([from, to]) => {
        const { status = 'unknown', via, step } = this.newsOf(from).links[to] ?? {};
        return `${from}–${to} ${status === 'connected' ? (via ?? 'connected') : `${status} (${step})`}`;
      })
      .join(', ');
  }

  private explain(sentence: string): string {
    const counts = this.pairs().map(
      ([from, to]) =>
        `${to} heard ${this.newsOf(to).heard[from]} of ${this.newsOf(from).said[to]} from ${from}`,
    );
    return [`${sentence} (at ${this.sec()} s)`, ...this.history, ...counts].join('\n  ');
  }

  private sec(): string {
    return ((performance.now() - this.begunMs) / 1000).toFixed(1);
  }

  private newsOf(peerId: number): News {
    return this.actors[peerId - 1]?.news ?? NO_NEWS;
  }

  private pairs(): [from: number, to: number][] {
    const peerIds = this.actors.map((_, index) => index + 1);
    return peerIds.flatMap((from) =>
      peerIds.filter((to) => to !== from).map((to): [number, number] => [from, to]),
    );
  }

  private async end(): Promise<void> {
    await Promise.all(this.actors.map(({ player }) => player.close()));
    for (const device of this.devices) await device.remove();
    for (const home of this.homes) await home.remove();
  }
}
