import type { Bot } from '../players/bot.ts';
import type { Envelope, MatchData, Matched, Presence, PresenceEvent } from '../players/wire.ts';
import { sorted } from './codec.ts';

/** What lies below: a bot's socket, or a recording. */
export interface Transport {
  post(envelope: Envelope): void;
  onEnvelope(listener: (envelope: Envelope) => void): void;
  onClosed(listener: () => void): void;
}

export function transportOf(bot: Bot): Transport {
  return {
    post: bot.post.bind(bot),
    onEnvelope: bot.onEnvelope.bind(bot),
    onClosed: (listener) => void bot.closed.then(listener),
  };
}

/** Of a game at 60 frames per second. */
export const FRAME_MS = 16;

/** As a game hears its socket: not when something comes, but when its next frame looks. */
export function polled(transport: Transport): Transport {
  return {
    ...transport,
    onEnvelope: (listener) =>
      transport.onEnvelope((envelope) => void setTimeout(() => listener(envelope), FRAME_MS)),
  };
}

/** How the game's Nakama library writes and what it passes on. */
export interface Library {
  readonly sortsKeys: boolean;
  /** The .NET library sends match data without a cid. */
  readonly countsMatchData: boolean;
  /** Whether it tells of an error that answers no request; the one beside the Godot 3 addon does not. */
  readonly tellsErrors: boolean;
}

/** The events of the library that the addon listens to. */
export interface Listener {
  onError(): void;
  onClosed(): void;
  onMatchData(data: MatchData): void;
  onPresence(event: PresenceEvent): void;
  onMatched(matched: Matched): void;
}

type Resume = (reply: Envelope) => void;

/** nakama-godot's NakamaSocket: a reply resumes whoever asked before the next message is looked at. */
export class NakamaSocket {
  /** Replies that nobody waits for; the library only logs them. */
  readonly strays: Envelope[] = [];
  private readonly waiting = new Map<string, Resume>();
  private lastId = 0;
  private isClosed = false;

  constructor(
    private readonly transport: Transport,
    private readonly library: Library,
    private readonly listener: Listener,
  ) {
    transport.onEnvelope((envelope) => this.receive(envelope));
    transport.onClosed(() => this.close());
  }

  request(message: Record<string, unknown>, resume: Resume): void {
    const cid = String(++this.lastId);
    if (this.isClosed) resume(cancelled(cid));
    else this.waiting.set(cid, resume);
    this.post({ cid, ...message });
  }

  /** To everybody in the match, or to these; the addon never says whom. */
  sendMatchData(matchId: string, opCode: number, data: string | Uint8Array, presences?: Presence[]): void {
    const message = { match_id: matchId, op_code: opCode, data: Buffer.from(data).toString('base64') };
    const body = presences ? { ...message, presences } : message;
    if (this.library.countsMatchData) this.request({ match_data_send: body }, () => {});
    else this.post({ match_data_send: { ...body, op_code: String(opCode) } });
  }

  private post(envelope: Record<string, unknown>): void {
    if (!this.isClosed)
      this.transport.post((this.library.sortsKeys ? sorted(envelope) : envelope) as Envelope);
  }

  private receive(envelope: Envelope): void {
    const { cid, error, match_data, match_presence_event, matchmaker_matched } = envelope;
    if (cid) {
      const resume = this.waiting.get(cid);
      this.waiting.delete(cid);
      if (resume) resume(envelope);
      else this.strays.push(envelope);
    } else if (error) {
      if (this.library.tellsErrors) this.listener.onError();
    } else if (match_data) this.listener.onMatchData(match_data);
    else if (match_presence_event) this.listener.onPresence(match_presence_event);
    else if (matchmaker_matched) this.listener.onMatched(matchmaker_matched);
  }

  private close(): void {
    this.isClosed = true;
    this.listener.onClosed();
    for (const [cid, resume] of this.waiting) resume(cancelled(cid));
    this.waiting.clear();
  }
}

const cancelled = (cid: string): Envelope => ({ cid, error: { code: -1, message: 'Request cancelled.' } });
