import type { Socket } from '@heroiclabs/nakama-js';
import { type CallOptions, call } from './call.ts';
import { OnlineMatchError } from './errors.ts';
import { IceSource } from './ice.ts';
import { MatchSocket } from './match-socket.ts';
import { Membership } from './membership.ts';
import { abandon } from './next-socket.ts';
import { watchPage } from './page.ts';
import type { FindMatch, JoinedMatch, MatchState, ParticipationContext } from './participation-context.ts';
import { Reconnection, type Return } from './reconnection.ts';
import { ServerPulse } from './server-pulse.ts';

/** Why a participation ends, besides the player's own wish. */
type End = 'refused' | 'disconnected' | null;

/** A player's part in one match, from the call that looks for it until the player is back in the lobby. */
export class Participation {
  readonly #context: ParticipationContext;
  readonly #ice: IceSource;
  readonly #ended = new AbortController();
  #socket: Socket;
  #matchSocket: MatchSocket;
  #membership: Membership | null = null;
  #pulse: ServerPulse | null = null;
  #reconnection: Reconnection | null = null;
  /** From a lost socket until the player is back, the room is lost, or all is over. */
  #isReconnecting = false;
  #stopWatching = () => {};

  constructor(context: ParticipationContext) {
    const { socket, settings } = context;
    this.#context = context;
    this.#socket = socket;
    this.#matchSocket = new MatchSocket(socket, settings.media, () => this.#onClosed(socket));
    this.#ice = new IceSource(socket, settings.iceServers, (isDue) =>
      this.#membership?.links.mesh.setIceServers(this.#ice.servers, isDue),
    );
  }

  /** Null until the server has let the player in. */
  get membership(): Membership | null {
    return this.#membership;
  }

  /** Aborts at the end, with the error that says why. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get state(): MatchState {
    if (this.#membership === null)
      return this.#context.isMatchmaking && !this.#matchSocket.isJoining ? 'matching' : 'joining';
    if (this.#membership.isPlaying) return 'playing';
    return this.#membership.isReady ? 'ready' : 'connecting';
  }

  get isReconnecting(): boolean {
    return this.#isReconnecting;
  }

  /** Finds the match and joins it. Any failure ends the participation. */
  async enter(options: CallOptions, findMatch: FindMatch): Promise<JoinedMatch> {
    try {
      return await call(options, this.ended, async (wait) => {
        const [joined] = await Promise.all([findMatch(this.#matchSocket, wait), wait(this.#ice.load())]);
        this.#begin(joined);
        return joined;
      });
    } catch (error) {
      this.end(error as OnlineMatchError);
      throw error;
    }
  }

  /** From now on the game hears of this match only that it was left. */
  end(reason: OnlineMatchError, end: End = null): void {
    if (this.ended.aborted) return;
    const { emit, settings, onEnded } = this.#context;
    const membership = this.#membership;
    const isReachable = end !== 'disconnected' && membership?.isOnline !== false;
    this.#ended.abort(reason);
    this.#stopWatching();
    this.#reconnection?.stop();
    this.#pulse?.stop();
    this.#matchSocket.end(reason);
    this.#ice.stop();
    membership?.silence();
    if (membership !== null && settings.tab !== null) settings.tab.seat = null;
    const withdrawn = isReachable ? this.#matchSocket.withdraw() : Promise.resolve();
    // The links close last: the others hear that the player left before they lose the link.
    onEnded(withdrawn.then(() => membership?.close()));
    if (end === 'refused') emit('error', reason);
    if (end === 'disconnected') emit('disconnected', undefined);
    if (membership !== null) emit('left', reason);
  }

  /** Notes for a reload of the page that the game has begun. */
  noteSeat(): void {
    const { settings } = this.#context;
    const { matchId, self, isPlaying, isRoomLost } = this.#membership ?? {};
    if (settings.tab === null || matchId === undefined || self === undefined || isRoomLost) return;
    const { clientVersion } = settings;
    settings.tab.seat = { matchId, peerId: self.peerId, clientVersion, isPlaying: isPlaying ?? false };
  }

  /** Finds out at once whether the server still answers, instead of at the next turn. */
  checkConnection(): void {
    this.#pulse?.ask();
    this.#reconnection?.hurry();
  }

  #begin({ match, matched, event, isPlaying = false }: JoinedMatch): void {
    this.ended.throwIfAborted();
    const { settings, emit, loop } = this.#context;
    const membership = new Membership(match, {
      socket: this.#socket,
      settings,
      emit,
      loop,
      ice: this.#ice,
      matched,
      isPlaying,
      onRefused: (error) => this.end(error, 'refused'),
      onSeated: () => this.#onSeated(),
    });
    this.#membership = membership;
    if (event !== null) emit(event, membership.matchId);
    membership.start();
    if (!this.ended.aborted) this.#watch(membership);
    this.#matchSocket.listen(membership);
    // A listener may have left the match at once.
    this.ended.throwIfAborted();
  }

  #watch({ status }: Membership): void {
    if (this.#context.settings.reconnect !== undefined) this.#listenToPulse();
    this.#stopWatching = watchPage({
      onBackground: (isBackground) => {
        status.background = isBackground;
      },
      onGoing: () => {
        status.leaving = true;
      },
      onRestored: () => {
        status.leaving = false;
        // Whatever the browser says of it: the server has let go of the socket, or will.
        this.#onClosed(this.#socket);
      },
      onAwake: () => this.checkConnection(),
    });
  }

  #listenToPulse(): void {
    const socket = this.#socket;
    this.#pulse = new ServerPulse(socket, () => this.#onClosed(socket));
  }

  #onSeated(): void {
    this.noteSeat();
    if (!this.#isReconnecting) return;
    this.#isReconnecting = false;
    this.#context.emit('reconnected', undefined);
  }

  #onClosed(socket: Socket): void {
    const membership = this.#membership;
    // A late word of an earlier socket says nothing of the present one.
    if (socket !== this.#socket || this.ended.aborted || membership?.isOnline === false) return;
    const { reconnect } = this.#context.settings;
    const peerId = membership?.self?.peerId;
    if (reconnect === undefined || !membership?.room || peerId === undefined) {
      this.end(new OnlineMatchError('disconnected', 'The socket was closed.'), 'disconnected');
      return;
    }
    membership.onOffline();
    this.#pulse?.stop();
    this.#matchSocket.end(new OnlineMatchError('disconnected', 'The socket was closed.'));
    abandon(socket);
    const wasReconnecting = this.#isReconnecting;
    this.#isReconnecting = true;
    const { settings } = this.#context;
    this.#reconnection = new Reconnection({
      settings: { ...settings, reconnect },
      socket,
      seat: { matchId: membership.matchId, peerId },
      tab: settings.tab,
      onBack: (back) => this.#onBack(membership, back),
      onOver: (error) => this.#onOver(membership, error),
      onClosed: (lost) => this.#onClosed(lost),
    });
    if (!wasReconnecting) this.#context.emit('reconnecting', undefined);
  }

  #onBack(membership: Membership, { match, socket, matchSocket }: Return): void {
    this.#reconnection = null;
    this.#socket = socket;
    this.#matchSocket = matchSocket;
    this.#ice.socket = socket;
    this.#context.onSocket(socket);
    membership.onResumed(match, socket);
    this.#listenToPulse();
    matchSocket.listen(membership);
  }

  #onOver(membership: Membership, error: OnlineMatchError): void {
    this.#reconnection = null;
    this.#isReconnecting = false;
    if (TAKEN_AWAY.includes(error.code)) {
      this.end(error, 'refused');
      return;
    }
    this.#stopWatching();
    this.#ice.stop();
    if (this.#context.settings.tab !== null) this.#context.settings.tab.seat = null;
    this.#context.emit('roomLost', error);
    membership.onRoomLost();
  }
}

/** Somebody decided that this player goes: then the links go, too. */
const TAKEN_AWAY: readonly string[] = ['resumed-elsewhere', 'kicked', 'banned'];
