import { type Refusal, refusalText, refuse } from '../../protocol/refusal.ts';
import { ANNOUNCEMENT, CLIENT_VERSION, isVersion, MAX_VERSION_LENGTH } from '../../protocol/version.ts';
import { admit, turnAwayLost, turnAwayStranger } from '../../room/admission.ts';
import { elapse, watchedOf } from '../../room/clock.ts';
import { hear, join, leave } from '../../room/presence.ts';
import { isOver, memberOf } from '../../room/queries.ts';
import { seal, sealForShutdown } from '../../room/seal.ts';
import { count } from '../server/metrics.ts';
import { type Data, decodeSignal } from '../server/signals.ts';
import { isTracked } from '../server/streams.ts';
import type { Match } from './deliver.ts';
import { receiveData } from './read-message.ts';
import { type State, settle, tellRest } from './state.ts';
import { countOver, countTraffic } from './tally.ts';

type Attempt = { state: State; accept: boolean; rejectMessage?: string };

export const matchJoinAttempt = callback(
  ({ match, ctx, state, tick }, presence: nkruntime.Presence, metadata: Metadata): Attempt => {
    const versions = [metadata?.[CLIENT_VERSION] ?? null, ctx.vars?.[CLIENT_VERSION] ?? null];
    if (!areReadable(versions)) return rejected(match.nk, state, UNREADABLE);

    const { sessionId, userId, username, node } = presence;
    const announced = metadata?.[ANNOUNCEMENT] === '1';
    const candidate = { sessionId, userId, username, node, versions, announced };
    const { room, refusal } = admit(state.room, candidate, tick);
    if (refusal !== null) return rejected(match.nk, state, refusal);
    count(match.nk, 'online_match_admissions_total', {});
    return { state: settle(match, state, { room, out: [] }), accept: true };
  },
  (state, nk) => rejected(nk, state, refuse('busy', 'something went wrong, try again')),
);

export const matchJoin = callback(({ match, state, tick }, presences: nkruntime.Presence[]) => {
  return { state: settle(match, state, join(state.room, presences.map(sessionIdOf), tick)) };
}, asItWas);

export const matchLeave = callback(({ match, state, tick }, presences: nkruntime.Presence[]) => {
  return { state: settle(match, state, leave(state.room, presences.map(sessionIdOf), tick)) };
}, asItWas);

/** The clock; and match data that no hook took out, which there is none of while the hook is registered. */
export const matchLoop = callback(({ match, state, tick }, messages: nkruntime.MatchMessage[]) => {
  const received = messages.reduce(
    (before, message) => receiveData(match, before, dataIn(match.nk, message), tick),
    state,
  );
  const tracked = watchedOf(received.room).filter((one) =>
    isTracked(match.nk, match.id, one.userId, one.sessionId),
  );
  const step = elapse(received.room, tracked.map(sessionIdOf), tick);
  const settled = reported(match, tellRest(match, settle(match, received, step)));
  if (!isOver(settled.room, tick)) return { state: settled };
  match.logger.info('online match ended: %s', JSON.stringify(settled.traffic));
  countOver(match.nk, settled.room);
  return null;
}, asItWas);

export const matchSignal = callback(
  ({ match, state, tick }, data: string) => {
    const { room } = state;
    const signal = decodeSignal(data);
    switch (signal?.type) {
      case 'data':
        return { state: receiveData(match, state, signal.data, tick), data: '' };
      case 'joined': {
        const isMember = memberOf(room, signal.who.sessionId) !== null;
        const step = isMember ? hear(room, signal.who.sessionId, tick) : turnAwayStranger(room, signal.who);
        return { state: settle(match, state, step), data: '' };
      }
      case 'lost':
        return { state: settle(match, state, turnAwayLost(room, signal.who, tick)), data: '' };
      case 'seal': {
        const { room: after, refusal } = seal(room, signal.by, signal);
        return { state: settle(match, state, { room: after, out: [] }), data: JSON.stringify(refusal) };
      }
      default:
        return { state, data: '' };
    }
  },
  (state) => ({ state, data: '' }),
);

/** Runs only with `shutdown_grace_sec`: nobody new comes in, and relaying goes on until Nakama stops. */
export const matchTerminate = callback(({ match, state }) => {
  return { state: settle(match, state, { room: sealForShutdown(state.room), out: [] }) };
}, asItWas);

interface Call {
  readonly ctx: nkruntime.Context;
  readonly match: Match;
  readonly tick: number;
  readonly state: State;
}

/**
 * A match function as Nakama calls it. An exception would end the match and close the socket of everybody in
 * it, so `otherwise` says how the match goes on after one.
 */
function callback<Rest extends unknown[], Result>(
  act: (call: Call, ...rest: Rest) => Result,
  otherwise: (state: State, nk: nkruntime.Nakama) => Result,
) {
  return (
    ctx: nkruntime.Context,
    logger: nkruntime.Logger,
    nk: nkruntime.Nakama,
    dispatcher: nkruntime.MatchDispatcher,
    tick: number,
    state: State,
    ...rest: Rest
  ): Result => {
    try {
      return act({ ctx, match: matchIn(ctx, logger, nk, dispatcher), tick, state }, ...rest);
    } catch (error) {
      logger.error('a match callback failed, the match goes on as it was: %s', describe(error));
      count(nk, 'online_match_failures_total', {});
      return otherwise(state, nk);
    }
  };
}

function matchIn(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
): Match {
  const label = () => ctx.matchLabel ?? '';
  return { id: ctx.matchId ?? '', label, ctx, logger, nk, dispatcher };
}

function asItWas(state: State): { state: State } {
  return { state };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
}

/** The very state when there is nothing to report, as on an idle tick. */
function reported(match: Match, state: State): State {
  if (state.tally.reported === null) return state;
  return { ...state, tally: countTraffic(match.nk, state.traffic, state.tally) };
}

function rejected(nk: nkruntime.Nakama, state: State, refusal: Refusal): Attempt {
  count(nk, 'online_match_refusals_total', { kind: 'join', code: refusal.code });
  return { state, accept: false, rejectMessage: refusalText(refusal) };
}

type Metadata = { readonly [key: string]: unknown } | null;

const UNREADABLE = refuse(
  'bad-request',
  `${CLIENT_VERSION} must be text of at most ${MAX_VERSION_LENGTH} characters`,
);

function areReadable(versions: readonly unknown[]): versions is readonly (string | null)[] {
  return versions.every((version) => version === null || isVersion(version));
}

/** Empty data comes as null. */
function dataIn(nk: nkruntime.Nakama, { sender, opCode, data }: nkruntime.MatchMessage): Data {
  return { from: sender.sessionId, opCode, recipients: null, payload: data ? nk.base64Encode(data) : '' };
}

function sessionIdOf({ sessionId }: { sessionId: string }): string {
  return sessionId;
}
