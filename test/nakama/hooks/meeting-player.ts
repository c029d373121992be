import type { Envelope } from './interleaved-match.ts';

/** With one socket after the other: `p0-1`, `p0-2`. */
export class Player {
  sessionId = '';
  peerId = 0;
  sockets = 0;
  stage: 'outside' | 'entering' | 'in' | 'dropped' | 'out' = 'outside';
  losses = 0;
  /** Their socket reads one message after the other. */
  isSending = false;
  hasAsked = false;
  isAwaitingMatch = false;
  /** The snapshots that came. */
  readonly snapshots: string[] = [];
  /** The numbers of the signals that came. */
  readonly signals: number[] = [];

  constructor(readonly name: string) {}

  get isStaying(): boolean {
    return this.stage === 'in' || (this.stage === 'entering' && this.sockets === 1);
  }

  presence(sessionId = this.sessionId): nkruntime.Presence {
    return { sessionId, userId: `user-${this.name}`, username: this.name, node: 'node' };
  }

  /** What is wrong with what came, or null. */
  hear(sessionId: string, { op_code, data, presence }: NonNullable<Envelope['match_data']>): string | null {
    const text = Buffer.from(data, 'base64').toString();
    // Refused after all, or another socket has their seat.
    if (op_code === 9003) this.losses++;
    if (op_code === 9010) {
      this.snapshots.push(text);
      const { players } = JSON.parse(text) as { players: { session_id: string; peer_id: number }[] };
      this.peerId = players.find((one) => one.session_id === sessionId)?.peer_id ?? this.peerId;
    }
    if (op_code !== 9001) return null;
    const number = Number(JSON.parse(text).name);
    this.signals.push(number);
    const from = presence?.session_id ?? '';
    const hasHeardOf = this.snapshots.some((one) => one.includes(from));
    return hasHeardOf ? null : `${number} came to ${sessionId}, who had not heard of ${from}`;
  }
}
