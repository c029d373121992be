import type { Account } from '../../../kit/players/bot.ts';
import { openSocket, type RawSocket } from '../../../kit/players/websocket.ts';
import type { Envelope } from '../../../kit/players/wire.ts';

const PATIENCE_MS = 30_000;

/** A socket to a real server, of a guard or of an attacker: remembers what came, and waits for nothing unasked. */
export class Player {
  /** Known once the server has said it. */
  id = '';
  closedBecause: string | null = null;
  readonly account: Account;
  onEnvelope: (envelope: Envelope) => void = () => {};
  private readonly socket: RawSocket;
  private readonly received = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  private pings = 0;

  private constructor(account: Account, socket: RawSocket) {
    this.account = account;
    this.socket = socket;
    socket.onEnvelope((envelope) => this.hear(envelope));
    socket.onClose((reason) => {
      this.closedBecause = reason;
      for (const resume of this.waiting.values()) resume();
    });
  }

  static async connect(port: number, account: Account): Promise<Player> {
    const player = new Player(account, await openSocket(port, account.token));
    // Nakama tells a socket its session id with a match only; a named one is none of this module's.
    player.post({ match_create: { name: account.username } });
    await player.settle();
    return player;
  }

  post(envelope: object): void {
    if (this.closedBecause === null) this.socket.send(envelope as Envelope);
  }

  postText(text: string): void {
    if (this.closedBecause === null) this.socket.sendText(text);
  }

  /** Until the server has handled what was sent so far, or closed the socket. @throws when it does neither. */
  async settle(): Promise<void> {
    if (this.closedBecause !== null) return;
    const cid = `ping-${++this.pings}`;
    this.socket.send({ cid, ping: {} });
    await this.until(cid, `${this.account.username} is not answered within ${PATIENCE_MS / 1000} s`);
  }

  /** Until this data has come. @throws when it does not. */
  async receive(data: string): Promise<void> {
    if (!this.received.has(data))
      await this.until(data, `${this.account.username} does not get what is sent to him`);
  }

  close(): void {
    this.socket.terminate();
  }

  private until(what: string, otherwise: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(otherwise)), PATIENCE_MS);
      this.waiting.set(what, () => {
        clearTimeout(timer);
        this.waiting.delete(what);
        resolve();
      });
    });
  }

  private hear(envelope: Envelope): void {
    const { cid, match, match_data: data } = envelope;
    if (match !== undefined) this.id = match.self.session_id;
    if (data?.data !== undefined && data.op_code === '9001') this.received.add(data.data);
    this.waiting.get(data?.data ?? '')?.();
    if (cid?.startsWith('ping-')) this.waiting.get(cid)?.();
    this.onEnvelope(envelope);
  }
}
