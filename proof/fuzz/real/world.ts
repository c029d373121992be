import { randomUUID } from 'node:crypto';
import type { Account } from '../../../kit/players/socket-player.ts';
import type { RealHost } from '../../../kit/servers/real-nakama.ts';
import { logEntryOf } from '../../../tools/stack/nakama-log.ts';
import { expand, type Frame, resolve } from '../frame.ts';
import { ATTACKERS, GUARDS } from '../frames.ts';
import { Known } from '../known.ts';
import { inTime, PAIRS, type Stage, setScene, wordBetweenGuards } from '../scene.ts';
import type { Tally } from '../tally.ts';
import { FuzzPlayer } from './fuzz-player.ts';

/** Frames between two looks at whether the server has handled them. */
const IN_FLIGHT = 40;
/** What a frame that waits is worth on a clock that nobody can advance. */
const SECOND_MS = 5;

/** A scene on a real server. */
export class RealWorld implements Stage<FuzzPlayer> {
  attackers: FuzzPlayer[] = [];
  guards: FuzzPlayer[] = [];
  private readonly host: RealHost;
  private readonly variant: number;
  private readonly tally: Tally;
  private readonly calls: Promise<unknown>[] = [];
  private readonly known: Known<FuzzPlayer>;
  private sent = 0;

  private constructor(host: RealHost, variant: number, tally: Tally) {
    this.host = host;
    this.variant = variant;
    this.tally = tally;
    this.known = new Known<FuzzPlayer>({
      attackers: () => this.attackers,
      guards: () => this.guards,
      userIdOf: ({ account }) => account.userId,
      isIn: () => true,
    });
  }

  static async open(host: RealHost, variant: number, tally: Tally): Promise<RealWorld> {
    const world = new RealWorld(host, variant, tally);
    for (let index = 0; index < GUARDS; index++) world.guards.push(await world.connect());
    for (let index = 0; index < ATTACKERS; index++) {
      const isAgain = index === ATTACKERS - 1;
      world.attackers.push(await world.connect(isAgain ? world.attackers[0]?.account : undefined));
    }
    world.known.matchIds = await inTime(setScene(world, variant));
    return world;
  }

  readonly send = async (who: FuzzPlayer, envelope: object): Promise<void> => {
    who.post({ cid: 'x', ...envelope });
    await who.settle();
  };

  readonly matchesOf = (who: FuzzPlayer) => this.known.matchesOf(who);

  readonly createForBackend = async (payload: string): Promise<string> => {
    const { text } = await this.host.callRpc('backend', 'create_online_match', payload);
    return JSON.parse(text).match_id;
  };

  readonly pass = (seconds: number) => new Promise((resume) => setTimeout(resume, seconds * 1000));

  async act(frames: readonly Frame[]): Promise<void> {
    for (const [index, frame] of frames.entries()) {
      await this.carryOut(frame);
      this.tally.add(`frames of type ${frame.type}`);
      if (index % IN_FLIGHT === IN_FLIGHT - 1) await this.settle();
    }
    await this.settle();
  }

  /** Guards are still connected and can talk to each other. @throws when not. */
  async check(): Promise<void> {
    for (const { closedBecause, account } of this.guards) {
      if (closedBecause !== null)
        throw new Error(`the socket of guard ${account.username} was closed: ${closedBecause}`);
    }
    for (const { room, from, to } of PAIRS) {
      const [sender, receiver] = [this.guards[from] as FuzzPlayer, this.guards[to] as FuzzPlayer];
      const about = { room, variant: this.variant, target: receiver.id, mark: ++this.sent };
      const data = wordBetweenGuards('candidate', about);
      sender.post({ match_data_send: { match_id: this.known.matchIds[room], op_code: '9001', data } });
      await receiver.receive(data).catch(() => {
        throw new Error(`two guards cannot talk in room ${room}`);
      });
    }
  }

  close(): void {
    for (const player of [...this.guards, ...this.attackers]) player.terminate();
  }

  private async carryOut(frame: Frame): Promise<void> {
    switch (frame.type) {
      case 'send': {
        const who = await this.attacker(frame.by);
        const resolved = resolve(frame.envelope, this.known.namesFor(who)) as object;
        for (let time = 0; time < (frame.times ?? 1); time++) who.post({ cid: 'x', ...resolved });
        break;
      }
      case 'raw':
        (await this.attacker(frame.by)).postText(expand(frame.text, this.known.namesFor(null)));
        break;
      case 'call': {
        const caller = frame.by === 'backend' ? frame.by : (await this.attacker(frame.by)).account;
        const payload = expand(frame.payload, this.known.namesFor(null));
        this.calls.push(this.host.callRpc(caller, frame.rpc, payload).catch(() => null));
        break;
      }
      case 'close':
        (await this.attacker(frame.by)).terminate();
        break;
      case 'wait':
        await new Promise((resume) => setTimeout(resume, frame.seconds * SECOND_MS));
    }
  }

  private async settle(): Promise<void> {
    await Promise.all([...this.calls.splice(0), ...this.attackers.map((attacker) => attacker.settle())]);
  }

  private async attacker(index: number): Promise<FuzzPlayer> {
    const before = this.attackers[index] as FuzzPlayer;
    if (before.closedBecause === null) return before;
    const player = await this.connect(before.account);
    this.attackers[index] = player;
    return player;
  }

  private async connect(account?: Account): Promise<FuzzPlayer> {
    const user = account ?? (await this.host.signIn({ username: `fuzz-${randomUUID().slice(0, 13)}` }));
    const player = await FuzzPlayer.connect(this.host.server.port, user);
    player.onEnvelope((envelope) => {
      const kind = Object.keys(envelope).find((key) => key !== 'cid') ?? 'nothing';
      this.tally.add(
        envelope.error ? `answered error: ${envelope.error.message.slice(0, 50)}` : `answered ${kind}`,
      );
      this.known.learn(player, envelope);
    });
    return player;
  }
}

/** Nakama's own words on a frame that it cannot read, or a socket that is gone: one for each, whatever the module. */
const OF_NAKAMA = /^server\/(session_ws|pipeline\w*)\.go/;

/** Of a socket that closed while its message waited for its room: one line for each, too. */
const OF_A_SOCKET_GONE = 'context canceled';

const ONCE_PER_SERVER = /^create_match gets a relayed match/;

/** Lines that no client should be able to make a server write. */
export function complaintsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const entry = logEntryOf(line);
    if (entry === null) return true;
    const isUsual = ['debug', 'info'].includes(entry.level) || ONCE_PER_SERVER.test(entry.msg);
    return !isUsual && entry.error !== OF_A_SOCKET_GONE && !OF_NAKAMA.test(JSON.parse(line).caller);
  });
}
