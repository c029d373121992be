import { capabilitiesOf, isAnnouncedIn, resumptionIn } from '../../protocol/join-metadata.ts';
import { type Refusal, type RefusalCode, refusalText, refuse } from '../../protocol/refusal.ts';
import { PASSWORD } from '../../protocol/rpcs/password.ts';
import { CLIENT_VERSION, isVersion } from '../../protocol/version.ts';
import { watchedOf } from '../../room/clock.ts';
import type { PasswordCheck } from '../../room/door/password.ts';
import type { RoomEvent } from '../../room/events.ts';
import { isOver } from '../../room/phase.ts';
import { seatsOf } from '../../room/seats/seats.ts';
import type { Step } from '../../room/step.ts';
import { UNREADABLE_VERSION } from '../../room/version.ts';
import { noteAway } from '../server/away-users.ts';
import { rememberCode } from '../server/codes.ts';
import type { Guesser } from '../server/guesses.ts';
import { count } from '../server/metrics.ts';
import { type Data, decodeSignal, encodeCommanded, type Signal } from '../server/signals.ts';
import { isTracked } from '../server/streams.ts';
import { forgetCheckpoint } from './checkpoints.ts';
import type { Match } from './deliver.ts';
import { checkPassword, forgetLock, keepLock, notePassword } from './passwords.ts';
import { messageIn } from './read-message.ts';
import { type Happened, happen, type State, stateAfter } from './state.ts';
import { countOver, countTraffic } from './tally.ts';

type Attempt = { state: State; accept: boolean; rejectMessage?: string };

export const matchJoinAttempt = callback(
  (call, presence: nkruntime.Presence, metadata: Metadata): Attempt => {
    const { match, ctx, state } = call;
    const versions = [metadata?.[CLIENT_VERSION] ?? null, ctx.vars?.[CLIENT_VERSION] ?? null];
    if (!areReadable(versions)) return rejected(match.nk, state, UNREADABLE_VERSION);

    const { sessionId, userId, username, node } = presence;
    const announced = isAnnouncedIn(metadata);
    const can = capabilitiesOf(metadata);
    const resumption = resumptionIn(metadata);
    const who = { userId, clientIp: ctx.clientIp };
    const password = checkPassword(match, state.room, who, metadata?.[PASSWORD]);
    const candidate = { sessionId, userId, username, node, versions, announced, can, resumption, password };
    const { state: after, step } = take(call, { type: 'attempted', candidate });
    noteTried(call, who, password, step);
    if (step.refusal !== null) return rejected(match.nk, after, step.refusal);
    count(match.nk, 'online_match_admissions_total', {});
    return { state: after, accept: true };
  },
  (state, nk) => rejected(nk, state, refuse('busy', 'something went wrong, try again')),
);

export const matchJoin = callback((call, presences: nkruntime.Presence[]) => {
  return { state: take(call, { type: 'joined', sessionIds: presences.map(sessionIdOf) }).state };
}, asItWas);

export const matchLeave = callback((call, presences: nkruntime.Presence[]) => {
  const isLost = ({ reason }: nkruntime.Presence) => Number(reason) === DISCONNECTED;
  const lost = presences.filter(isLost).map(sessionIdOf);
  const left = presences.filter((presence) => !isLost(presence)).map(sessionIdOf);
  const { state } = left.length === 0 ? call : take(call, { type: 'left', sessionIds: left });
  if (lost.length === 0) return { state };
  // First, so that whoever hears that their host is away finds that host's commands heard.
  for (const { userId } of seatsOf(state.room, lost)) noteAway(call.match.nk, call.match.id, userId);
  return { state: take({ ...call, state }, { type: 'disconnected', sessionIds: lost }).state };
}, asItWas);

/** Nakama's reason of a leave: the socket closed, or answered no more. It comes as an object that is no number. */
const DISCONNECTED = 4;

/** The clock; and match data that no hook took out, which there is none of while the hook is registered. */
export const matchLoop = callback((call, messages: nkruntime.MatchMessage[]) => {
  const { match, tick } = call;
  const received = messages.reduce(
    (state, message) => take({ ...call, state }, dataEvent(match, dataIn(match.nk, message))).state,
    call.state,
  );
  const tracked = watchedOf(received.room)
    .filter((seat) => isTracked(match.nk, match.id, seat.userId, seat.sessionId))
    .map(sessionIdOf);
  const ticked = take({ ...call, state: received }, { type: 'ticked', tracked }).state;
  const state = reported(match, ticked);
  if (!isOver(state.room, tick)) return { state };
  match.logger.info('online match ended: %s', JSON.stringify(state.traffic));
  countOver(match.nk, state.room);
  rememberCode(match.nk, state.room.sign.code, match.id);
  if (state.room.profile.hasPassword) forgetLock(match.nk, match.id);
  if (state.room.checkpoint !== null) forgetCheckpoint(match.nk, match.id);
  return null;
}, asItWas);

export const matchSignal = callback(
  (call, data: string) => {
    const signal = decodeSignal(data);
    if (signal === null) return { state: call.state, data: '' };
    const event = eventOf(call, signal);
    const { state, step } = take(call, event);
    if (signal.type === 'unlocking') noteTried(call, signal, passwordIn(event), step);
    if (signal.type === 'commanded' && step.refusal === null) noteCommand(call.match, signal);
    return { state, data: isAnswered(event) ? encodeCommanded(step) : '' };
  },
  (state) => ({ state, data: '' }),
);

/** Runs only with `shutdown_grace_sec`: nobody new comes in, and relaying goes on until Nakama stops. */
export const matchTerminate = callback((call) => {
  return { state: take(call, { type: 'shutting-down' }).state };
}, asItWas);

function take({ match, state, tick }: Call, event: RoomEvent): Happened {
  return happen(match, state, event, tick);
}

function eventOf(call: Call, signal: Signal): RoomEvent {
  switch (signal.type) {
    case 'data':
      return dataEvent(call.match, signal.data);
    case 'unlocking': {
      const { userId, password } = signal;
      const check = checkPassword(call.match, call.state.room, signal, password);
      return { type: 'unlocked', userId, password: check };
    }
    default:
      return signal;
  }
}

/** Whoever signalled it waits to hear what came of it. */
function isAnswered({ type }: RoomEvent): boolean {
  return type === 'commanded' || type === 'unlocked' || type === 'chosen';
}

function passwordIn(event: RoomEvent): PasswordCheck {
  return event.type === 'unlocked' ? event.password : 'none';
}

/** A password counts where it decided; where the room refuses for another reason, it was no guess. */
function noteTried({ match, state }: Call, who: Guesser, password: PasswordCheck, { refusal }: Step): void {
  if (!state.room.profile.hasPassword) return;
  const isDecisive = refusal === null ? password === 'right' : DECIDED_BY_PASSWORD.includes(refusal.code);
  if (isDecisive) notePassword(match, who, password);
}

const DECIDED_BY_PASSWORD: readonly RefusalCode[] = [
  'wrong-password',
  'password-required',
  'too-many-requests',
];

function noteCommand({ nk, id }: Match, { command, lock }: Extract<Signal, { type: 'commanded' }>): void {
  if (command.name === 'kick') count(nk, 'online_match_kicks_total', { kind: command.ban ? 'ban' : 'kick' });
  if (command.name !== 'update' || command.hasPassword === null) return;
  if (lock === undefined) forgetLock(nk, id);
  else keepLock(nk, id, lock);
}

function dataEvent(match: Match, data: Data): RoomEvent {
  return { type: 'messaged', message: messageIn(match.nk, data) };
}

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
  return stateAfter(state, countTraffic(match.nk, state.traffic, state.tally));
}

function rejected(nk: nkruntime.Nakama, state: State, refusal: Refusal): Attempt {
  count(nk, 'online_match_refusals_total', { kind: 'join', code: refusal.code });
  return { state, accept: false, rejectMessage: refusalText(refusal) };
}

type Metadata = { readonly [key: string]: unknown } | null;

function areReadable(versions: readonly unknown[]): versions is readonly (string | null)[] {
  return versions.every((version) => version === null || isVersion(version));
}

/** Empty data comes as null. */
function dataIn(nk: nkruntime.Nakama, { sender, opCode, data, reliable }: nkruntime.MatchMessage): Data {
  const payload = data ? nk.base64Encode(data) : '';
  return { from: sender.sessionId, opCode, recipients: null, reliable: reliable === true, payload };
}

function sessionIdOf({ sessionId }: { sessionId: string }): string {
  return sessionId;
}
