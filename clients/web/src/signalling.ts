import type { Presence, Socket } from '@heroiclabs/nakama-js';

/** What a player says to the server about one match. The socket below may be lost, and be another later. */
export class Signalling {
  readonly matchId: string;
  #socket: Socket | null;

  constructor(matchId: string, socket: Socket) {
    this.matchId = matchId;
    this.#socket = socket;
  }

  get isOnline(): boolean {
    return this.#socket !== null;
  }

  /** Null while there is none. */
  set socket(socket: Socket | null) {
    this.#socket = socket;
  }

  /** Returns whether it went out: nothing is kept for later, since what matters is said anew after a return. */
  send(opCode: number, data: string | Uint8Array): boolean {
    // It rejects only on a closed socket, which has an event of its own.
    this.#socket?.sendMatchState(this.matchId, opCode, data).catch(() => {});
    return this.isOnline;
  }

  /** To one player, by the server, which reads whom it is for beside the data. */
  sendTo(sessionId: string, opCode: number, data: Uint8Array): boolean {
    const to = { session_id: sessionId } as Presence;
    this.#socket?.sendMatchState(this.matchId, opCode, data, [to]).catch(() => {});
    return this.isOnline;
  }
}
