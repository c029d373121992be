import type { Envelope, Match, MatchData, Matched, Presence, PresenceEvent } from '../players/wire.ts';
import { bytesOf } from '../players/wire.ts';
import { Arbiter, type Send } from './arbiter.ts';
import type { Payload } from './codec.ts';
import { Joiner } from './joiner.ts';
import { type MatchmakerData, ticketOf } from './matchmaking.ts';
import { type Library, type Listener, NakamaSocket, type Transport } from './nakama-socket.ts';
import { Peers } from './peers.ts';
import { playerFrom } from './players.ts';
import { entryOf, fieldOf, given, Script } from './script.ts';
import { type Emit, type GameSettings, Situation } from './situation.ts';
import type { Variant } from './variants.ts';
import type { Ether } from './webrtc.ts';

/** The addon's OnlineMatch.gd as a state machine, function by function. */
export class OnlineMatch implements Listener {
  readonly now: Situation;
  readonly script: Script;
  readonly peers: Peers;
  private readonly arbiter: Arbiter;
  private readonly joiner: Joiner;
  readonly socket: NakamaSocket;
  /** Errors that the engine prints, and goes on. */
  readonly complaints: string[] = [];

  constructor(
    transport: Transport,
    private readonly variant: Variant,
    private readonly settings: GameSettings,
    ether: Ether,
    private readonly emit: Emit,
    library: Library = variant.library,
  ) {
    this.now = new Situation(settings.minPlayers);
    this.script = new Script(variant.unwinds);
    this.socket = new NakamaSocket(transport, library, this);
    this.peers = new Peers({
      variant,
      now: this.now,
      script: this.script,
      ether,
      emit,
      send: (method, target, values) => this.send('peer-method', { method, target, ...values }),
      complain: (error) => this.complaints.push(error),
    });
    this.joiner = new Joiner(this.now, variant, settings, this.peers, this.script, emit, (text) =>
      this.fail(text),
    );
    this.arbiter = new Arbiter(this.now, variant, settings, this.peers, emit, this.send);
  }

  createMatch(isSpectator = false): void {
    this.leaveAnd(() => {
      Object.assign(this.now, { mode: 'CREATE', isSpectating: isSpectator });
      this.socket.request({ match_create: {} }, ({ match, error }) => {
        if (match) return this.script.run('_on_nakama_match_created', () => this.onCreated(match));
        this.fail(this.variant.texts.createFailed(error?.message ?? ''));
      });
    });
  }

  joinMatch(matchId: string, isSpectator = false): void {
    this.leaveAnd(() => {
      Object.assign(this.now, { mode: 'JOIN', isSpectating: isSpectator });
      this.enter({ match_id: matchId });
    });
  }

  startMatchmaking(data: MatchmakerData = {}): void {
    this.leaveAnd(() => {
      this.now.mode = 'MATCHMAKER';
      this.now.state = 'MATCHING';
      const request = ticketOf(this.settings, data);
      this.socket.request({ matchmaker_add: request }, ({ matchmaker_ticket: added }) => {
        if (added) this.now.ticket = added.ticket;
        else this.fail('Unable to join match making pool');
      });
    });
  }

  startPlaying(): void {
    if (this.now.state !== 'READY') throw new Error(`cannot start to play while ${this.now.state}`);
    this.now.state = 'PLAYING';
  }

  /** Sets everything back when the server has answered; most callers do not wait for that. */
  leave(then = () => {}): void {
    const reset = () => {
      this.now.reset();
      this.peers.reset();
      this.emit('reset', null);
      then();
    };
    this.peers.mesh.close();
    const { matchId, ticket } = this.now;
    if (matchId) this.socket.request({ match_leave: { match_id: matchId } }, reset);
    else if (ticket) this.socket.request({ matchmaker_remove: { ticket } }, reset);
    else reset();
  }

  onError(): void {
    this.fail(this.variant.texts.socketError);
  }

  onClosed(): void {
    this.leaveAnd(() => this.emit('disconnected', null));
  }

  onPresence({ joins = [], leaves = [] }: PresenceEvent): void {
    this.script.run('_on_nakama_match_presence', () => {
      for (const user of joins) if (user.session_id !== this.now.mySessionId) this.onJoin(user);
      for (const user of leaves) if (user.session_id !== this.now.mySessionId) this.onLeave(user);
    });
  }

  onMatched({ self, users, match_id, token }: Matched): void {
    const { now } = this;
    this.script.run('_on_nakama_matchmaker_matched', () => {
      now.mySessionId = self.presence.session_id;
      for (const { presence } of users) now.players.set(presence.session_id, playerFrom(presence, 0));
      for (const sessionId of [...now.players.keys()].sort())
        entryOf(now.players, sessionId).peer_id = now.nextPeerId++;
      this.peers.mesh.initialize(entryOf(now.players, now.mySessionId).peer_id);
      this.emit('matchmaker_matched', now.players);
      this.enter(match_id ? { match_id } : { token });
    });
  }

  onMatchData(data: MatchData): void {
    const payload = this.payloadOf(Number(data.op_code));
    if (payload === null) return;
    this.script.run('_on_nakama_match_state', () => {
      const content = this.variant.codec.decode(payload, bytesOf(data));
      if (content === null) return;
      if (payload === 'peer-method') this.onPeerMethod(content, data.presence);
      if (payload === 'join-request' && this.now.mode === 'CREATE')
        this.arbiter.onRequest(content, data.presence);
      if (payload === 'join-success' && this.now.mode === 'JOIN') this.joiner.onSuccess(content);
      if (payload === 'join-error') this.onJoinError(content);
    });
  }

  private enter(where: Record<string, unknown>): void {
    this.socket.request({ match_join: where }, ({ match }: Envelope) => {
      if (match) this.script.run('_on_nakama_match_join', () => this.onEntered(match));
      else this.fail('Unable to join match');
    });
  }

  private onCreated({ match_id, self }: Match): void {
    const { now } = this;
    now.matchId = match_id;
    now.mySessionId = self.session_id;
    now.players.set(self.session_id, playerFrom(self, 1, now.isSpectating));
    now.nextPeerId = 2;
    this.peers.mesh.initialize(1);
    this.emit('match_created', match_id);
    this.emit('player_joined', self.session_id);
  }

  private onEntered({ match_id, self, presences = [] }: Match): void {
    const { now } = this;
    now.matchId = match_id;
    now.mySessionId = self.session_id;
    if (now.mode === 'JOIN') {
      const { clientVersion: client_version } = this.settings;
      if (this.variant.hasRequests)
        this.send('join-request', { client_version, spectator: now.isSpectating });
      this.emit('match_joined', match_id);
    } else if (now.mode === 'MATCHMAKER') {
      for (const { session_id } of presences) {
        if (session_id !== now.mySessionId) this.peers.connect(entryOf(now.players, session_id));
      }
    }
  }

  private onJoin(user: Presence): void {
    const { now } = this;
    if (now.mode === 'CREATE') {
      this.arbiter.onJoin(user);
    } else if (now.mode === 'MATCHMAKER') {
      const player = entryOf(now.players, user.session_id);
      this.emit('player_joined', user.session_id);
      this.peers.connect(player);
    }
  }

  private onLeave(user: Presence): void {
    const { now, variant } = this;
    if (!now.players.has(user.session_id)) return;
    const player = entryOf(now.players, user.session_id);
    this.peers.disconnect(player);
    if (player.peer_id === 1) {
      this.fail(variant.texts.hostLeft);
      return;
    }
    now.players.delete(user.session_id);
    this.emit('player_left', user.session_id);
    if (!now.hasEnoughPlayers()) {
      if (now.state !== 'READY') return;
      now.state = 'WAITING_FOR_ENOUGH_PLAYERS';
      this.emit('match_not_ready', null);
    } else if (this.peers.areAllConnected() && variant.readyAfterLeaveIn(now.state)) {
      now.state = 'READY';
      this.emit('match_ready', now.players);
    }
  }

  private onPeerMethod(content: unknown, presence: Presence | undefined): void {
    if (fieldOf(content, 'target') !== this.now.mySessionId) return;
    const { session_id } = given(presence, 'session_id of null');
    if (this.peers.has(session_id)) this.peers.handle(session_id, content);
  }

  private onJoinError(content: unknown): void {
    if (fieldOf(content, 'target') !== this.now.mySessionId) return;
    this.leaveAnd(() =>
      this.script.run('_emit_error', () => this.emit('error', this.variant.joinErrorText(content))),
    );
  }

  private fail(text: string): void {
    this.leaveAnd(() => this.emit('error', text));
  }

  private leaveAnd(then: () => void): void {
    this.leave(this.variant.awaitsLeave ? then : undefined);
    if (!this.variant.awaitsLeave) then();
  }

  private readonly send: Send = (payload, content) => {
    const opCode = this.variant.opCodes[payload] as number;
    this.socket.sendMatchData(this.now.matchId, opCode, this.variant.codec.encode(payload, content));
  };

  private payloadOf(opCode: number): Payload | null {
    const known = Object.entries(this.variant.opCodes).find(([, code]) => code === opCode);
    return (known?.[0] as Payload | undefined) ?? null;
  }
}
