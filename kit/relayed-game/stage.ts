import type { Socket } from '@heroiclabs/nakama-js';
import type { Match } from '../players/wire.ts';
import type { RealHost } from '../servers/real-nakama.ts';
import { Actor } from './actor.ts';
import { type Step, transcriptOf } from './transcript.ts';

/**
 * One game on one server. Each method is a step: it waits for all that a stock server sends for it, so that what
 * comes in which step is no matter of luck.
 */
export class Stage {
  private readonly cast: Actor[] = [];
  private readonly steps: Step[] = [];
  private readonly words = new Map<string, string>();
  private inside: Actor[] = [];
  private matchId = '';
  private failure: string | undefined;

  constructor(private readonly host: RealHost) {}

  /** Plays a script and gives back what each actor was sent; where it got stuck, up to there. */
  static async play(host: RealHost, script: Script, curtain: (host: RealHost) => Promise<void>) {
    const stage = new Stage(host);
    try {
      await script(stage);
    } catch (error) {
      stage.failure = (error as Error).message?.split('. What arrived')[0] ?? JSON.stringify(error);
    }
    await curtain(host);
    for (const { player } of stage.cast) player.wire.terminate();
    return transcriptOf(stage.cast, stage.steps, stage.words, stage.failure);
  }

  /** New actors; with another's name and a prime, the same user on a new socket. */
  async enter(...names: string[]): Promise<Actor[]> {
    const actors = names.map(async (name) => {
      const earlier = this.cast.find((one) => `${one.name}'` === name);
      return Actor.connect(this.host.server, name, earlier?.player.name);
    });
    const entered = await Promise.all(actors);
    this.cast.push(...entered);
    for (const actor of entered) {
      const user = actor.name.replaceAll("'", '');
      this.words.set(actor.player.name, user);
    }
    return entered;
  }

  async create(creator: Actor, name?: string): Promise<string> {
    this.step(`${creator.name} creates`);
    const match = await creator.enters(creator.player.socket.createMatch(name) as Promise<Match>);
    this.found(match.match_id);
    this.inside.push(creator);
    await Promise.all(this.inside.map((actor) => actor.hearsJoin(creator)));
    return match.match_id;
  }

  /** By its id, or by the matchmaker's token. */
  async join(joiner: Actor, matchId: string, token?: string): Promise<string> {
    this.step(`${joiner.name} joins`);
    const { socket } = joiner.player;
    const match = await joiner.enters(socket.joinMatch(token ? undefined : matchId, token) as Promise<Match>);
    this.found(match.match_id);
    this.inside.push(joiner);
    await Promise.all(this.inside.map((actor) => actor.hearsJoin(joiner)));
    await joiner.knows(this.inside);
    return match.match_id;
  }

  /** All in one moment: who hears of whom by the reply and who by an event is luck, also on a stock server. */
  async joinAtOnce(joiners: readonly Actor[], matchId: string): Promise<void> {
    this.step(`${joiners.map(({ name }) => name).join(', ')} join at once`, true);
    await Promise.all(
      joiners.map((one) => one.enters(one.player.socket.joinMatch(matchId) as Promise<Match>)),
    );
    this.inside.push(...joiners);
    await Promise.all(this.inside.map((actor) => actor.knows(this.inside)));
  }

  /** To everybody else, or to these. */
  async send(from: Actor, op: number, content: string | number[], to?: Actor[]): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    this.step(`${from.name} sends ${op}${to ? ` to ${to.map(({ name }) => name)}` : ''}`);
    // The library's own type has a field more, and Nakama closes the socket of who sends it.
    const presences = to?.map(({ self }) => self) as Parameters<Socket['sendMatchState']>[3];
    await from.player.socket.sendMatchState(this.matchId, op, bytes, presences);
    await from.settles();
    const receivers = to ?? this.inside.filter((one) => one !== from);
    await Promise.all(receivers.map((one) => one.hearsData(from, op, bytes)));
  }

  async leave(leaver: Actor, matchId: string): Promise<void> {
    this.step(`${leaver.name} leaves`);
    await leaver.player.socket.leaveMatch(matchId);
    await this.goes(leaver);
  }

  /** Its connection ends without a word. */
  async cut(actor: Actor): Promise<void> {
    this.step(`${actor.name} is cut off`);
    actor.player.wire.terminate();
    await this.goes(actor);
  }

  /** A request that is refused. */
  async refused(title: string, request: Promise<unknown>): Promise<void> {
    this.step(title);
    await request.then(
      () => {
        throw new Error(`${title}: it was not refused`);
      },
      () => {},
    );
  }

  /** Anything else, in a step of its own. */
  async during<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.step(title);
    return work();
  }

  /** What this id is called in the transcript. */
  call(id: string, word: string): void {
    this.words.set(id, word);
  }

  private found(matchId: string): void {
    this.matchId = matchId;
    this.words.set(matchId, 'the match');
  }

  private async goes(leaver: Actor): Promise<void> {
    this.inside = this.inside.filter((one) => one !== leaver);
    await Promise.all(this.inside.map((actor) => actor.hearsLeave(leaver)));
  }

  private step(title: string, isRace = false): void {
    const seen = this.cast.map((actor): [Actor, number] => [actor, actor.envelopes.length]);
    this.steps.push({ title, isRace, begins: new Map(seen), inside: [...this.inside] });
  }
}

export type Script = (stage: Stage) => Promise<void>;
