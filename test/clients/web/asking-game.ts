import { Inbox, realTimer } from '../../../kit/players/inbox.ts';
import type { ClientPlayer } from './client-player.ts';

const PAUSE_MS = 50;

interface Request {
  readonly what: 'request' | 'answer';
  readonly number: number;
  /** The host's, as the sender knows it. */
  readonly term: number;
}

interface Answer extends Request {
  readonly by: number;
}

/** A game whose players ask their host for something all the time, and ask again as the library's README says. */
export class AskingGame {
  /** Every answer that counted. */
  readonly inbox: Inbox<{ answer: Answer }>;
  /** What this player has answered as host, by term, asker and number: what is asked again may have come before. */
  private readonly done = new Set<string>();
  /** What nobody has answered yet. */
  private readonly open = new Set<number>();
  private last = 0;
  private term: number;
  /** From players who knew of this player's office before this player did. */
  private early: (() => void)[] = [];
  private readonly asking: NodeJS.Timeout;
  /** While it is, nobody is answered, and what they ask is lost. */
  isStill = false;

  constructor(private readonly player: ClientPlayer) {
    const { match } = player;
    this.inbox = new Inbox(() => `the game of player ${player.peerId}`, realTimer, 25_000);
    this.term = player.all('hostChanged').at(-1)?.term ?? 0;
    match.on('hostChanged', ({ term }) => this.onTerm(term));
    match.on('playerStatusChanged', ({ peerId, status }) => {
      if (peerId === match.host?.peerId && status === 'connected') this.askAgain();
    });
    match.on('message', ({ from, data }) => {
      if (typeof data !== 'string' || !data.startsWith('{')) return;
      const said: Request = JSON.parse(data);
      if (said.what === 'answer') this.onAnswer({ ...said, by: from.peerId });
      else this.onRequest(from.peerId, said);
    });
    this.asking = setInterval(() => this.ask(), PAUSE_MS);
  }

  /** So many more were asked and answered. */
  async answered(count: number): Promise<void> {
    for (let times = 0; times < count; times++) await this.inbox.next('answer');
  }

  /** Asks no more, and waits for what is open: how often each number was answered. */
  async end(): Promise<number[]> {
    this.stop();
    const counts = () => this.inbox.all('answer').map(({ number }) => number);
    for (let number = 1; number <= this.last; number++)
      if (!counts().includes(number)) await this.inbox.next('answer', (answer) => answer.number === number);
    return Array.from(
      { length: this.last },
      (_, index) => counts().filter((number) => number === index + 1).length,
    );
  }

  stop(): void {
    clearInterval(this.asking);
  }

  ask(): void {
    this.open.add(++this.last);
    this.request(this.last);
  }

  private askAgain(): void {
    for (const number of this.open) this.request(number);
  }

  private request(number: number): void {
    const { host, isHost } = this.player.match;
    if (isHost) this.onAnswer({ what: 'answer', number, term: this.term, by: this.player.peerId });
    else if (host !== null) this.say(host.peerId, { what: 'request', number, term: this.term });
  }

  private onTerm(term: number): void {
    this.term = term;
    for (const hear of this.early.splice(0)) hear();
    this.askAgain();
  }

  private onRequest(from: number, request: Request): void {
    if (this.isStill) return;
    if (request.term > this.term) this.early.push(() => this.onRequest(from, request));
    // Whoever asked another host asks again.
    else if (request.term === this.term && this.player.match.isHost) this.answer(from, request);
  }

  private answer(to: number, request: Request): void {
    const key = `${request.term} ${to} ${request.number}`;
    if (this.done.has(key)) return;
    this.done.add(key);
    this.say(to, { ...request, what: 'answer' });
  }

  /** What an earlier host answers comes too late: the present one was asked. */
  private onAnswer(answer: Answer): void {
    if (answer.term !== this.term) return;
    this.open.delete(answer.number);
    this.inbox.record('answer', answer);
  }

  private say(to: number, said: Request): void {
    try {
      this.player.match.send(to, JSON.stringify(said));
    } catch {
      // No link: asked again when there is one, or another host.
    }
  }
}
