import type { MatchCall } from '../../../kit/match/match-driver.ts';
import { contextWith, nkWith, onlyWith, recordingLogger, signing } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { asStored } from '../../../kit/room/as-stored.ts';
import * as handler from '../../../src/nakama/index.ts';
import { createMatch } from '../../../src/nakama/match/make-match.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import { parseSettings } from '../../../src/nakama/server/settings.ts';
import { NO_PROFILE } from '../../../src/room/profile.ts';

/** So that nothing is lost to a bound. */
const ENV = { ONLINE_MATCH_CANDIDATE_BURST: '1024', ONLINE_MATCH_HELD_MESSAGES: '4096' };
const MATCH = 'uuid.node';
const TERMS = {
  minPlayers: 2,
  version: null,
  language: null,
  onHostLeft: 'migrate',
  topology: 'mesh',
  profile: NO_PROFILE,
} as const;

export interface Envelope {
  readonly match_data?: {
    readonly op_code: number;
    readonly data: string;
    readonly presence?: { readonly session_id: string };
  };
}

export interface Surroundings {
  /** Called whenever hook or match look at what they share, or send something: others may go on meanwhile. */
  readonly between: () => void;
  readonly send: (sessionId: string, envelope: Envelope) => void;
  /** A hook asks the match; the match may be in the midst of something else. */
  readonly asked: (data: string) => void;
}

/** A match, the calls that wait for it, and Nakama's side of both it and the hooks. */
export class InterleavedMatch {
  readonly id = MATCH;
  state: State;
  isBusy = false;
  readonly logger = recordingLogger();
  readonly nk: nkruntime.Nakama;
  /** Sessions that Nakama has in the match's stream. */
  readonly tracked = new Set<string>();
  private readonly metrics = recordingMetrics();
  private readonly calls: (() => void)[] = [];
  private label: string;
  private ticks = 0;

  constructor(maxPlayers: number, creator: string, surroundings: Surroundings) {
    this.nk = this.nkIn(surroundings);
    const founding = { kind: 'created', creator: { userId: creator, sessionId: null } } as const;
    let params = {};
    const matchCreate = (_handler: string, given: object) => {
      params = given;
      return MATCH;
    };
    const nk = nkWith({ ...this.metrics.parts, ...signing(), matchCreate });
    createMatch(nk, { ...TERMS, maxPlayers, founding }, parseSettings(ENV));
    ({ state: this.state, label: this.label } = handler.matchInit(
      this.context(),
      this.logger.logger,
      nk,
      params,
    ));
  }

  get isAsked(): boolean {
    return this.calls.length > 0;
  }

  later(call: () => void): void {
    this.calls.push(call);
  }

  /** Does what has waited for longest. */
  goOn(): void {
    this.isBusy = true;
    this.calls.shift()?.();
    this.isBusy = false;
  }

  context(more: Partial<nkruntime.Context> = {}): nkruntime.Context {
    return contextWith({ env: ENV, ...more });
  }

  attempt(who: nkruntime.Presence, metadata: { [key: string]: string }): boolean {
    return this.call((context, ...rest) => handler.matchJoinAttempt(context, ...rest, who, metadata)).accept;
  }

  join(who: nkruntime.Presence): void {
    this.call((...args) => handler.matchJoin(...args, [who]));
  }

  signal(data: string): void {
    this.call((...args) => handler.matchSignal(...args, data));
  }

  tick(): void {
    this.call((...args) => handler.matchLoop(...args, []));
    this.ticks++;
  }

  /** The match hears of it later. */
  untrack(who: nkruntime.Presence, reason: 3 | 4): void {
    if (!this.tracked.delete(who.sessionId)) return;
    const left = { ...who, reason } as unknown as nkruntime.Presence;
    this.later(() => this.call((...args) => handler.matchLeave(...args, [left])));
  }

  private call<T extends { state: State } | null>(callback: MatchCall<T>): T {
    const context = this.context({ matchId: MATCH, matchLabel: this.label });
    const state = asStored(this.state, this.ticks + 1);
    const answer = callback(context, this.logger.logger, this.nk, this.dispatcher, this.ticks, state);
    if (answer !== null) this.state = answer.state;
    return answer;
  }

  private nkIn({ between, send, asked }: Surroundings): nkruntime.Nakama {
    const { localcacheGet, localcachePut, localcacheDelete, ...parts } = signing();
    const shared =
      <Args extends unknown[], Result>(act: (...args: Args) => Result) =>
      (...args: Args): Result => {
        between();
        const result = act(...args);
        between();
        return result;
      };
    const bytesOf = (data: string | ArrayBuffer) =>
      typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
    return nkWith({
      ...this.metrics.parts,
      ...parts,
      localcacheGet: shared(localcacheGet),
      localcachePut: shared(localcachePut),
      localcacheDelete: shared(localcacheDelete),
      streamSendRaw: shared((_stream: object, envelope: Envelope, to: readonly { sessionId: string }[]) => {
        for (const { sessionId } of to) if (this.tracked.has(sessionId)) send(sessionId, envelope);
      }),
      streamUserGet: (_user: string, sessionId: string) => (this.tracked.has(sessionId) ? {} : null),
      matchGet: () => ({ label: this.label }),
      matchSignal: (_matchId: string, data: string) => {
        asked(data);
        return '';
      },
      base64Encode: (data: string | ArrayBuffer) => bytesOf(data).toString('base64'),
      base64Decode: (text: string) => Buffer.from(text, 'base64'),
      binaryToString: (data: Buffer) => data.toString('utf8'),
    });
  }

  private readonly dispatcher = onlyWith('dispatcher', {
    matchKick: (presences: readonly nkruntime.Presence[]) => {
      for (const presence of presences) this.untrack(presence, 3);
    },
    matchLabelUpdate: (label: string) => {
      this.label = label;
    },
  }) as unknown as nkruntime.MatchDispatcher;
}
