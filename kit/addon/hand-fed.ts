import { base64Of, type Envelope, type Presence } from '../players/wire.ts';
import { OnlineMatch } from './online-match.ts';
import type { GameSettings, Signals } from './situation.ts';
import { type VariantName, variants } from './variants.ts';
import { RecordedEther } from './webrtc.ts';

interface Options extends Partial<GameSettings> {
  /** Whether its Nakama library tells of errors that answer no request. */
  readonly tellsErrors?: boolean;
  readonly candidates?: 2 | 3 | 4;
}

/** A game without a server: what comes in is written by a test, or was recorded. */
export class HandFed {
  readonly match: OnlineMatch;
  readonly sent: Envelope[] = [];
  readonly heard: [keyof Signals, unknown][] = [];
  private deliver = (_: Envelope) => {};

  constructor(variant: VariantName, { tellsErrors = true, candidates = 2, ...settings }: Options = {}) {
    const transport = {
      post: (envelope: Envelope) => void this.sent.push(envelope),
      onEnvelope: (listener: (envelope: Envelope) => void) => {
        this.deliver = listener;
      },
      onClosed: () => {},
    };
    this.match = new OnlineMatch(
      transport,
      variants[variant],
      { minPlayers: 2, maxPlayers: 4, maxTotalPlayers: 4, clientVersion: 'dev', ...settings },
      new RecordedEther(candidates),
      (signal, value) => void this.heard.push([signal, value]),
      { ...variants[variant].library, tellsErrors },
    );
  }

  get shown(): unknown[] {
    return this.heard.filter(([signal]) => signal === 'error').map(([, text]) => text);
  }

  get faults(): string[] {
    return [...this.match.script.errors, ...this.match.complaints];
  }

  feed(envelope: Envelope): void {
    this.deliver(envelope);
  }

  /** Answers the request that it sent last. */
  answer(envelope: Envelope): void {
    this.feed({ cid: this.sent.at(-1)?.cid ?? '', ...envelope });
  }

  feedData(opCode: number, content: unknown, presence?: Presence): void {
    const data = base64Of(JSON.stringify(content));
    this.feed({
      match_data: { match_id: '', op_code: String(opCode), data, ...(presence && { presence }) },
    });
  }
}
