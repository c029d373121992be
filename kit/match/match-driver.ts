import * as handler from '../../src/nakama/index.ts';
import { createMatch } from '../../src/nakama/match/make-match.ts';
import type { State } from '../../src/nakama/match/state.ts';
import { parseSettings } from '../../src/nakama/server/settings.ts';
import { NO_PROFILE } from '../../src/room/profile.ts';
import type { Terms } from '../../src/room/terms.ts';
import { recordingMetrics } from '../metrics/recording.ts';
import { asStored } from '../room/as-stored.ts';
import { person } from '../room/foundings.ts';
import { contextWith, nkWith, onlyWith, recordingLogger, signing } from './nk.ts';

type TermsOfTest = Omit<Terms, 'profile'> & Partial<Pick<Terms, 'profile'>>;

/** One of the match functions, with what only it is given already there. */
export type MatchCall<T> = (
  context: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
) => T;

/** Calls the match functions as Nakama does, on stored state, and keeps what they send. */
export class MatchDriver {
  state: State;
  label: string;
  readonly tickRate: number;
  tick = 0;
  /** Opcode and JSON, or the kind of envelope, by recipient: `9002 to a`. */
  readonly sent: string[] = [];
  /** The same, but in one line what goes to several in one. */
  readonly sendings: string[] = [];
  readonly labels: string[] = [];
  readonly lines: string[];
  /** Sessions that Nakama tracks in the match. */
  tracked: string[] = [];
  /** Sessions that announce themselves when they join. */
  readonly announced = new Set<string>();
  /** Whether the last callback gave another state object. */
  changed = false;
  /** Whether the last callback ended the match. */
  ended = false;
  /** What somebody does as soon as they are sent something. */
  whenSent: (nk: nkruntime.Nakama) => void = () => {};
  private readonly logger: nkruntime.Logger;
  private readonly signing = signing();

  constructor(
    params: { [key: string]: unknown } = {},
    readonly metrics = recordingMetrics(),
  ) {
    ({ logger: this.logger, lines: this.lines } = recordingLogger());
    const { state, label, tickRate } = handler.matchInit(contextWith(), this.logger, this.nk, params);
    this.state = state;
    this.label = label;
    this.tickRate = tickRate;
  }

  /** The match that the module's own code makes on these terms. */
  static on(terms: TermsOfTest): MatchDriver {
    const metrics = recordingMetrics();
    let params = {};
    const matchCreate = (_handler: string, given: object) => {
      params = given;
      return 'uuid.node';
    };
    const nk = nkWith({ ...metrics.parts, ...signing(), matchCreate });
    createMatch(nk, { profile: NO_PROFILE, ...terms }, parseSettings({}));
    return new MatchDriver(params, metrics);
  }

  private get nk(): nkruntime.Nakama {
    return nkWith({
      ...this.metrics.parts,
      ...this.signing,
      base64Encode: (data: string | ArrayBuffer) =>
        (typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)).toString('base64'),
      base64Decode: (text: string) => Buffer.from(text, 'base64'),
      binaryToString: (data: Buffer | null) => {
        if (data === null) throw new Error('expects a Uint8Array');
        return data.toString('utf8');
      },
      streamUserGet: (_user: string, session: string) => (this.tracked.includes(session) ? {} : null),
      streamSendRaw: (
        _stream: object,
        envelope: { match_data?: { op_code: number } },
        recipients: readonly { sessionId: string }[],
      ) => {
        const what = envelope.match_data?.op_code ?? Object.keys(envelope)[0];
        const to = recipients.map(({ sessionId }) => sessionId);
        this.sent.push(...to.map((one) => `${what} to ${one}`));
        this.sendings.push(`${what} to ${to.join(', ')}`);
        this.whenSent(this.nk);
      },
    });
  }

  private readonly dispatcher = onlyWith('dispatcher', {
    matchKick: (presences: { sessionId: string }[]) => {
      for (const { sessionId } of presences) this.sent.push(`kick ${sessionId}`);
    },
    matchLabelUpdate: (label: string) => {
      this.labels.push(label);
      this.label = label;
    },
  }) as unknown as nkruntime.MatchDispatcher;

  attempt(sessionId: string, metadata: object | null = null, vars?: Record<string, unknown>): string | null {
    const answer = this.run((context, ...rest) =>
      handler.matchJoinAttempt(
        { ...context, ...(vars && { vars: vars as never }) },
        ...rest,
        person(sessionId),
        metadata as { [key: string]: unknown },
      ),
    );
    return answer.accept ? null : (answer.rejectMessage ?? '');
  }

  join(sessionId: string): this {
    this.attempt(sessionId, this.announced.has(sessionId) ? { online_match: '1' } : null);
    this.run((...args) => handler.matchJoin(...args, [person(sessionId)]));
    return this;
  }

  enter(...sessionIds: string[]): this {
    for (const sessionId of sessionIds) {
      this.join(sessionId).signal(JSON.stringify({ type: 'answered', who: person(sessionId) }));
    }
    return this;
  }

  leave(...sessionIds: string[]): this {
    this.run((...args) => handler.matchLeave(...args, sessionIds.map(person)));
    return this;
  }

  disconnect(...sessionIds: string[]): this {
    const lost = sessionIds.map((sessionId) => ({ ...person(sessionId), reason: 4 }));
    this.run((...args) => handler.matchLeave(...args, lost));
    return this;
  }

  loop(...messages: object[]): this {
    this.run((...args) => handler.matchLoop(...args, messages as nkruntime.MatchMessage[]));
    this.tick += 1;
    return this;
  }

  signal(data: string): string {
    return this.run((...args) => handler.matchSignal(...args, data)).data;
  }

  terminate(): this {
    this.run((...args) => handler.matchTerminate(...args));
    return this;
  }

  private run<T extends { state: State } | null>(callback: MatchCall<T>): T {
    const state = asStored(this.state, this.tick + 1);
    const context = contextWith({ matchId: 'uuid.node', matchLabel: this.label });
    const answer = callback(context, this.logger, this.nk, this.dispatcher, this.tick, state);
    this.changed = answer !== null && answer.state !== state;
    this.ended = answer === null;
    if (answer !== null) this.state = answer.state;
    return answer;
  }
}
