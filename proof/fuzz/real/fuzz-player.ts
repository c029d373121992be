import { LightBot } from '../../../kit/players/light-bot.ts';
import type { Account } from '../../../kit/players/socket-player.ts';
import { openSocket } from '../../../kit/players/websocket.ts';
import type { Envelope } from '../../../kit/players/wire.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';

const PATIENCE_MS = 30_000;

/** A guard or an attacker on a real server: may send anything, remembers what came, and may be thrown out. */
export class FuzzPlayer extends LightBot {
  private readonly received = new Set<string>();
  private readonly awaited = new Map<string, () => void>();

  static override async connect(port: number, account: Account): Promise<FuzzPlayer> {
    const player = new FuzzPlayer(await openSocket(port, account.token), account);
    player.onData(OpCode.WEBRTC_PEER_METHOD, ({ data = '' }) => {
      player.received.add(data);
      player.awaited.get(data)?.();
    });
    // Nakama tells a socket its session id with a match only; a named one is none of this module's.
    await player.createMatch(account.username);
    return player;
  }

  get id(): string {
    return this.sessionId;
  }

  override post(envelope: object): void {
    if (this.closedBecause === null) super.post(envelope as Envelope);
  }

  override postText(text: string): void {
    if (this.closedBecause === null) super.postText(text);
  }

  /** Until the server has handled what was sent so far, or closed the socket. @throws when it does neither. */
  async settle(): Promise<void> {
    const handled = this.ping().catch(() => {});
    await this.within(handled, `${this.account.username} is not answered within ${PATIENCE_MS / 1000} s`);
  }

  /** Until this data has come, or the socket is closed. @throws when neither happens. */
  async receive(data: string): Promise<void> {
    if (this.received.has(data)) return;
    const come = new Promise<void>((resolve) => this.awaited.set(data, resolve));
    await this.within(come, `${this.account.username} does not get what is sent to them`);
    this.awaited.delete(data);
  }

  private async within(what: Promise<void>, otherwise: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(otherwise)), PATIENCE_MS);
    });
    await Promise.race([what, this.closed, late]).finally(() => clearTimeout(timer));
  }
}
