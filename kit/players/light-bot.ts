import { type Account, type Socket, SocketPlayer } from './socket-player.ts';
import { openSocket } from './websocket.ts';
import type { Envelope } from './wire.ts';

interface Asked {
  answered(answer: Envelope): void;
  lost(error: Error): void;
}

/** A player for load: hands everything to its listeners, and keeps nothing. */
export class LightBot extends SocketPlayer {
  private readonly asked = new Map<string, Asked>();

  constructor(socket: Socket, account: Account) {
    super(socket, account);
    socket.onEnvelope((envelope) => {
      const request = this.asked.get(envelope.cid ?? '');
      this.asked.delete(envelope.cid ?? '');
      request?.answered(envelope);
    });
  }

  static async connect(port: number, account: Account): Promise<LightBot> {
    return new LightBot(await openSocket(port, account.token), account);
  }

  protected override answerTo(cid: string): Promise<Envelope> {
    return new Promise((answered, lost) => {
      this.asked.set(cid, { answered, lost });
      if (this.closedBecause !== null) this.end(this.closedBecause);
    });
  }

  protected override end(reason: string): void {
    for (const { lost } of this.asked.values()) lost(new Error(`the connection was closed: ${reason}`));
    this.asked.clear();
  }
}
