import { encodeLabel } from '../protocol/label.ts';
import { type Refusal, refusalText, refuse } from '../protocol/refusal.ts';
import { ANNOUNCEMENT, CLIENT_VERSION, isVersion, MAX_VERSION_LENGTH } from '../protocol/version.ts';
import { admit, turnAwayStranger } from '../room/admission.ts';
import { elapse, watchedOf } from '../room/clock.ts';
import { labelOf } from '../room/lobby.ts';
import { hear, join, leave } from '../room/presence.ts';
import { isOver, memberOf } from '../room/queries.ts';
import { seal, sealForShutdown } from '../room/seal.ts';
import type { Match } from './deliver.ts';
import { receiveData } from './receive.ts';
import { isTracked } from './rooms.ts';
import { settingsIn, TICKS_PER_SECOND } from './settings.ts';
import { type Data, decodeSignal } from './signals.ts';
import { type State, settle, stateOf } from './state.ts';
import { roomFrom, termsOf } from './terms.ts';

/** @throws when the parameters are wrong: Nakama then makes no match and tells whoever asked for it. */
export function matchInit(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  _nk: nkruntime.Nakama,
  params: { [key: string]: unknown },
): { state: State; tickRate: number; label: string } {
  const settings = settingsIn(ctx);
  const room = roomFrom(termsOf(params, settings), settings);
  return { state: stateOf(room), tickRate: TICKS_PER_SECOND, label: encodeLabel(labelOf(room)) };
}

export function matchJoinAttempt(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
  presence: nkruntime.Presence,
  metadata: { [key: string]: unknown } | null,
): { state: State; accept: boolean; rejectMessage?: string } {
  return unharmed(logger, { state, accept: false, rejectMessage: 'busy: try again' }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
    const versions = [metadata?.[CLIENT_VERSION] ?? null, ctx.vars?.[CLIENT_VERSION] ?? null];
    const unreadable = refuseUnreadable(versions);
    if (unreadable !== null) return rejected(state, unreadable);

    const announced = metadata?.[ANNOUNCEMENT] === '1';
    const { sessionId, userId, username, node } = presence;
    const candidate = {
      sessionId,
      userId,
      username,
      node,
      versions: versions as (string | null)[],
      announced,
    };
    const { room, refusal } = admit(state.room, candidate, tick);
    if (refusal !== null) return rejected(state, refusal);
    return { state: settle(match, state, { room, out: [] }), accept: true };
  });
}

export function matchJoin(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
  presences: nkruntime.Presence[],
): { state: State } {
  return unharmed(logger, { state }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
    return { state: settle(match, state, join(state.room, presences.map(sessionIdOf), tick)) };
  });
}

export function matchLeave(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
  presences: nkruntime.Presence[],
): { state: State } | null {
  return unharmed(logger, { state }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
    return unlessOver(match, settle(match, state, leave(state.room, presences.map(sessionIdOf), tick)), tick);
  });
}

/** The clock; and match data that no hook took out, which is of foreign opcodes as long as the hook is registered. */
export function matchLoop(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
  messages: nkruntime.MatchMessage[],
): { state: State } | null {
  return unharmed(logger, { state }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
    const received = messages.reduce((before, message) => {
      return receiveData(match, before, dataIn(nk, message), tick);
    }, state);
    const tracked = watchedOf(received.room).filter((one) =>
      isTracked(nk, match.id, one.userId, one.sessionId),
    );
    return unlessOver(
      match,
      settle(match, received, elapse(received.room, tracked.map(sessionIdOf), tick)),
      tick,
    );
  });
}

export function matchSignal(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  tick: number,
  state: State,
  data: string,
): { state: State; data: string } {
  return unharmed(logger, { state, data: '' }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
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
      case 'seal': {
        const { room: after, refusal } = seal(room, signal.by, signal);
        return { state: settle(match, state, { room: after, out: [] }), data: JSON.stringify(refusal) };
      }
      default:
        return { state, data: '' };
    }
  });
}

/** Runs only with `shutdown_grace_sec`: nobody new comes in, and relaying goes on until Nakama stops. */
export function matchTerminate(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
  _tick: number,
  state: State,
): { state: State } {
  return unharmed(logger, { state }, () => {
    const match = matchIn(ctx, logger, nk, dispatcher);
    return { state: settle(match, state, { room: sealForShutdown(state.room), out: [] }) };
  });
}

function matchIn(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  dispatcher: nkruntime.MatchDispatcher,
): Match {
  const { matchId = '', matchLabel = '' } = ctx;
  return { id: matchId, label: matchLabel, settings: settingsIn(ctx), logger, nk, dispatcher };
}

/** An exception in a callback would end the match and close the socket of everybody in it. */
function unharmed<T>(logger: nkruntime.Logger, unchanged: T, callback: () => T): T {
  try {
    return callback();
  } catch (error) {
    logger.error('a match callback failed, the match goes on as it was: %s', describe(error));
    return unchanged;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
}

function unlessOver(match: Match, state: State, tick: number): { state: State } | null {
  if (!isOver(state.room, tick)) return { state };
  match.logger.info('online match ended: %s', JSON.stringify(state.traffic));
  return null;
}

function rejected(state: State, refusal: Refusal): { state: State; accept: false; rejectMessage: string } {
  return { state, accept: false, rejectMessage: refusalText(refusal) };
}

function refuseUnreadable(versions: readonly unknown[]): Refusal | null {
  if (versions.every((version) => version === null || isVersion(version))) return null;
  return refuse('bad-request', `${CLIENT_VERSION} must be text of at most ${MAX_VERSION_LENGTH} characters`);
}

/** Empty data comes as null. */
function dataIn(nk: nkruntime.Nakama, { sender, opCode, data }: nkruntime.MatchMessage): Data {
  return { from: sender.sessionId, opCode, recipients: null, payload: data ? nk.base64Encode(data) : '' };
}

function sessionIdOf({ sessionId }: { sessionId: string }): string {
  return sessionId;
}
