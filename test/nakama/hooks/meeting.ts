import { Random } from '../../../kit/random.ts';
import { beforeMatchDataSend } from '../../../src/nakama/hooks/before-match-data-send.ts';
import type { Seat } from '../../../src/room/seats/seat.ts';
import { type Envelope, InterleavedMatch } from './interleaved-match.ts';
import { Player } from './meeting-player.ts';

/** What happens to a room; players are numbers. */
export type Doing =
  | { readonly what: 'send'; readonly from: number; readonly to: number }
  | { readonly what: 'join' | 'drop' | 'resume' | 'leave' | 'kick'; readonly who: number }
  | { readonly what: 'tick' | 'seal' };

/** A signal, and what must become of it. */
interface Said {
  readonly from: Player;
  readonly to: Player;
  /** Both are in, or the seat of who is meant is kept: it must come, unless one of them loses another socket. */
  readonly isOwed: boolean;
  /** How many sockets they had lost together. */
  readonly losses: number;
  /** One of them was out before it was said. */
  readonly isForbidden: boolean;
}

/**
 * A room, and the hook beside it that its players' messages come through. Whenever one of both looks at what they share, or
 * sends something, the other may do something of its own before it goes on.
 */
export class Meeting {
  readonly said: Said[] = [];
  /** How many signals went the short way. */
  passedOn = 0;
  /** What was found wrong. */
  readonly found: string[] = [];
  private readonly players: readonly Player[];
  private readonly match: InterleavedMatch;
  private readonly random: Random;
  private readonly doings: Doing[];
  private depth = 0;

  constructor(players: number, doings: readonly Doing[], seed: number) {
    this.random = new Random(seed);
    this.doings = [...doings];
    this.players = Array.from({ length: players }, (_, index) => new Player(`p${index}`));
    this.match = new InterleavedMatch(players, 'user-p0', {
      between: () => this.letOthersGoOn(),
      send: (sessionId, envelope) => this.hear(sessionId, envelope),
      asked: (data) => this.ask(data),
    });
  }

  /** Nothing else happens until the first of them are in. */
  gather(players: number): void {
    for (const player of this.players.slice(0, players)) this.enter(player, {});
    while (this.match.isAsked) this.match.goOn();
  }

  play(): void {
    while (this.doings.length > 0 || this.match.isAsked) {
      // Whoever is still to say something is not in.
      if (!this.goOn() && !this.match.isAsked) this.doings.shift();
    }
    // Whatever waits is counted.
    this.match.tick();
    this.found.push(...this.match.logger.lines);
  }

  /** What is owed and did not come, what came and was forbidden, and what came twice or in another order. */
  demandAll(): void {
    this.said.forEach(({ from, to, isOwed, losses, isForbidden }, number) => {
      const came = to.signals.includes(number);
      const way = `${number} of ${from.name} to ${to.name}`;
      if (isOwed && to.stage === 'in' && losses === from.losses + to.losses && !came)
        this.found.push(`${way} did not come`);
      if (isForbidden && came) this.found.push(`${way} came, and one of them was out`);
    });
    for (const { name, signals } of this.players) {
      for (const from of this.players) {
        const numbers = signals.filter((number) => this.said[number]?.from === from);
        if (numbers.some((number, index) => number <= (numbers[index - 1] ?? -1)))
          this.found.push(`${name} heard ${numbers} of ${from.name}`);
      }
    }
  }

  /** In the midst of something, now and then. */
  private letOthersGoOn(): void {
    const isNested = this.depth > 0 && this.depth <= 2;
    while (isNested && this.random.below(4) === 0) if (!this.goOn()) return;
  }

  /** The next thing that can happen now; whether there was any. */
  private goOn(): boolean {
    const mayMatch = !this.match.isBusy && this.match.isAsked;
    if (mayMatch && (this.doings.length === 0 || this.random.below(2) === 0)) {
      this.inside(() => this.match.goOn());
      return true;
    }
    const index = this.doings.findIndex((doing, at) => this.canHappen(doing, at));
    const [doing] = index < 0 ? [] : this.doings.splice(index, 1);
    if (doing === undefined) return false;
    this.inside(() => this.happen(doing));
    return true;
  }

  private inside(act: () => void): void {
    this.depth++;
    act();
    this.depth--;
  }

  /** A socket's messages wait for each other. */
  private canHappen(doing: Doing, at: number): boolean {
    if (doing.what !== 'send') return true;
    const isOfSame = (other: Doing) => other.what === 'send' && other.from === doing.from;
    const { isSending, sessionId } = this.player(doing.from);
    return !isSending && this.match.tracked.has(sessionId) && !this.doings.slice(0, at).some(isOfSame);
  }

  private happen(doing: Doing): void {
    switch (doing.what) {
      case 'send':
        this.send(this.player(doing.from), this.player(doing.to));
        break;
      case 'tick':
        this.match.later(() => this.match.tick());
        break;
      case 'seal':
        this.command({ name: 'seal', open: false, requireReady: false, force: true });
        break;
      default:
        this.move(this.player(doing.who), doing.what);
    }
  }

  private move(player: Player, what: 'join' | 'drop' | 'resume' | 'leave' | 'kick'): void {
    const { stage, peerId } = player;
    if (what === 'join' && stage === 'outside') this.enter(player, {});
    if (what === 'resume' && (stage === 'in' || stage === 'dropped')) {
      if (stage === 'in') player.losses++;
      this.enter(player, { resume: `${peerId}` });
    }
    if ((what === 'drop' || what === 'leave') && stage === 'in') {
      player.losses++;
      player.stage = what === 'drop' ? 'dropped' : 'out';
      this.match.untrack(player.presence(), what === 'drop' ? 4 : 3);
    }
    if (what === 'kick' && peerId > 0) {
      player.losses++;
      player.stage = 'out';
      this.command({ name: 'kick', peerId, ban: true, reason: null });
    }
  }

  private enter(player: Player, more: object): void {
    player.stage = 'entering';
    const who = player.presence(`${player.name}-${++player.sockets}`);
    this.match.later(() => {
      if (!this.match.attempt(who, { online_match: '1', ...more })) {
        player.stage = 'out';
        return;
      }
      this.match.tracked.add(who.sessionId);
      player.sessionId = who.sessionId;
      this.match.later(() => this.match.join(who));
      this.match.later(() => {
        this.match.signal(JSON.stringify({ type: 'answered', who }));
        if (player.stage === 'entering') player.stage = 'in';
      });
    });
  }

  private command(command: object): void {
    const signal = JSON.stringify({ type: 'commanded', by: null, command: { term: null, ...command } });
    this.match.later(() => this.match.signal(signal));
  }

  private send(from: Player, to: Player): void {
    if (from === to || to.sessionId === '') return;
    const number = this.said.length;
    this.said.push({ from, to, ...this.fateOf(from, to), losses: from.losses + to.losses });
    const signal = {
      method: 'add_ice_candidate',
      target: to.sessionId,
      media: '0',
      index: 0,
      name: `${number}`,
    };
    const data = Buffer.from(JSON.stringify(signal)).toString('base64');
    const envelope = { matchDataSend: { matchId: this.match.id, opCode: '9001', data } };
    const { userId, sessionId } = from.presence();
    from.isSending = true;
    from.hasAsked = false;
    const context = this.match.context({ userId, sessionId });
    beforeMatchDataSend(context, this.match.logger.logger, this.match.nk, envelope as never);
    if (!from.hasAsked) this.passedOn++;
    // Asked in the midst of something else, the match answers later, and the socket waits.
    if (!from.isAwaitingMatch) from.isSending = false;
  }

  /** What must become of a signal between the two, as far as it can be told now. */
  private fateOf(from: Player, to: Player): Pick<Said, 'isOwed' | 'isForbidden'> {
    if (this.match.isBusy) return { isOwed: false, isForbidden: false };
    const [sender, seat] = [this.seatOf(from), this.seatOf(to)];
    const isHere = to.isStaying && this.match.tracked.has(to.sessionId) && seat?.away === null;
    const isKept = seat !== undefined && seat.away !== null;
    return {
      isOwed: from.isStaying && sender !== undefined && (isHere || isKept),
      isForbidden: [from, to].some((one) => one.stage === 'out' && this.seatOf(one) === undefined),
    };
  }

  private ask(data: string): void {
    const sender = this.players.find(({ name }) => data.startsWith(`${name}-`)) as Player;
    const { isBusy } = this.match;
    sender.hasAsked = true;
    sender.isAwaitingMatch = true;
    this.match.later(() => {
      this.match.signal(data);
      sender.isAwaitingMatch = false;
      if (isBusy) sender.isSending = false;
    });
    while (!isBusy && sender.isAwaitingMatch) this.match.goOn();
  }

  private hear(sessionId: string, { match_data: data }: Envelope): void {
    const player = this.players.find(({ name }) => sessionId.startsWith(`${name}-`));
    const wrong = data && player?.hear(sessionId, data);
    if (wrong) this.found.push(wrong);
  }

  private seatOf({ sessionId }: Player): Seat | undefined {
    const { seats } = this.match.state.room;
    return seats.find((seat) => seat.sessionId === sessionId || seat.formerIds.includes(sessionId));
  }

  private player(who: number): Player {
    return this.players[who] as Player;
  }
}
