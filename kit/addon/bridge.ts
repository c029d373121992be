import type { Match, MatchData, Matched, Presence, PresenceEvent } from '../players/wire.ts';
import { bytesOf } from '../players/wire.ts';
import { jsonSorted } from './codec.ts';
import { type Listener, NakamaSocket, type Transport } from './nakama-socket.ts';
import { asInt, asString, entryOf, fieldOf, given, Script, ScriptError } from './script.ts';

/** What a game hears from its bridge. */
export interface BridgeSignals {
  match_joined: number;
  match_join_error: string;
  peer_connected: number;
  peer_disconnected: number;
  packet: { from: number; bytes: Buffer };
}

const META = 9001;
const PACKET = 9002;
const CLAIM_HOST = 0;
const ASSIGN_PEER_ID = 1;

/**
 * nakama-godot's NakamaMultiplayerBridge, function by function: game traffic over the match itself, with the
 * numbers of the addon and another meaning. The games that use it must not notice this module at all.
 */
export class Bridge implements Listener {
  readonly script = new Script(false);
  readonly socket: NakamaSocket;
  matchId = '';
  myPeerId = 0;
  private state: 'DISCONNECTED' | 'JOINING' | 'CONNECTED' = 'DISCONNECTED';
  private mySessionId = '';
  private ticket = '';
  private readonly sessionOf = new Map<number, string>();
  private readonly users = new Map<string, { presence: Presence; peerId: number }>();

  constructor(
    transport: Transport,
    private readonly emit: <S extends keyof BridgeSignals>(signal: S, value: BridgeSignals[S]) => void,
  ) {
    const library = { sortsKeys: true, countsMatchData: true, tellsErrors: true };
    this.socket = new NakamaSocket(transport, library, this);
  }

  get peerIds(): number[] {
    return [...this.sessionOf.keys()].sort((a, b) => a - b);
  }

  createMatch(): void {
    this.enter({ match_create: {} }, () => this.becomeHost());
  }

  joinMatch(matchId: string): void {
    this.enter({ match_join: { match_id: matchId } }, () => {});
  }

  joinNamedMatch(name: string): void {
    this.enter({ match_create: { name } }, ({ size = 0, presences = [] }) => {
      if (size === 0 || (size === 1 && presences.length === 0)) this.becomeHost();
    });
  }

  /** The game asks for its ticket itself and hands it over. */
  startMatchmaking(ticket: Record<string, unknown>): void {
    this.state = 'JOINING';
    this.socket.request({ matchmaker_add: ticket }, ({ matchmaker_ticket: added }) => {
      this.ticket = added?.ticket ?? '';
    });
  }

  /** To one peer, or to all with 0. */
  send(peerId: number, bytes: Uint8Array): void {
    if (this.state !== 'CONNECTED') throw new Error('RPC sent while the bridge is not connected');
    const target = peerId > 0 && entryOf(this.users, entryOf(this.sessionOf, peerId)).presence;
    this.socket.sendMatchData(this.matchId, PACKET, bytes, target ? [target] : undefined);
  }

  onMatched({ ticket, users, match_id, token }: Matched): void {
    if (ticket !== this.ticket) return;
    const [first] = users.map(({ presence }) => presence.session_id).sort();
    this.enter({ match_join: match_id ? { match_id } : { token } }, ({ presences = [] }) => {
      if (this.mySessionId !== first) return;
      this.becomeHost();
      for (const presence of presences) if (presence.session_id !== first) this.addPeer(presence);
    });
  }

  onPresence({ match_id, joins = [], leaves = [] }: PresenceEvent): void {
    if (this.state === 'DISCONNECTED' || match_id !== this.matchId) return;
    this.script.run('_on_nakama_socket_received_match_presence', () => {
      for (const presence of joins) {
        this.remember(presence);
        if (this.myPeerId === 1 && entryOf(this.users, presence.session_id).peerId === 0)
          this.addPeer(presence);
      }
      for (const { session_id: sessionId } of leaves) {
        const user = this.users.get(sessionId);
        if (!user) continue;
        this.emit('peer_disconnected', user.peerId);
        this.users.delete(sessionId);
        this.sessionOf.delete(user.peerId);
      }
    });
  }

  onMatchData(data: MatchData): void {
    if (this.state === 'DISCONNECTED' || data.match_id !== this.matchId) return;
    this.script.run('_on_nakama_socket_received_match_state', () => {
      if (data.op_code === String(META)) this.onMeta(data);
      else if (data.op_code === String(PACKET)) this.onPacket(data);
    });
  }

  onError(): void {}

  onClosed(): void {
    this.state = 'DISCONNECTED';
  }

  private onMeta({ data, match_id, op_code, presence }: MatchData): void {
    const content = jsonSorted.decode('peer-method', bytesOf({ match_id, op_code, data: data ?? '' }));
    if (typeof content !== 'object' || content === null) return;
    const { session_id: from } = given(presence, 'session_id of null');
    const type = fieldOf(content, 'type');
    if (type === CLAIM_HOST) {
      if (this.sessionOf.has(1)) throw new ScriptError(`${from} claims to be host, and there is one`);
      this.assign(1, from);
      return;
    }
    if (from !== entryOf(this.sessionOf, 1)) throw new ScriptError(`meta message from ${from}, not the host`);
    if (type !== ASSIGN_PEER_ID) throw new ScriptError(`meta message with unknown type: ${type}`);
    const sessionId = asString(fieldOf(content, 'session_id'));
    const peerId = asInt(fieldOf(content, 'peer_id'));
    if ((this.users.get(sessionId)?.peerId ?? 0) !== 0)
      throw new ScriptError(`${sessionId} has a peer id already`);
    this.assign(peerId, sessionId);
    if (sessionId === this.mySessionId) this.connect(peerId);
    this.emit('peer_connected', sessionId === this.mySessionId ? 1 : peerId);
  }

  private onPacket(data: MatchData): void {
    const { session_id } = given(data.presence, 'session_id of null');
    const from = this.users.get(session_id)?.peerId ?? 0;
    if (from === 0) throw new ScriptError(`RPC from ${session_id}, which has no peer id`);
    this.emit('packet', { from, bytes: bytesOf(data) });
  }

  private enter(request: Record<string, unknown>, then: (match: Match) => void): void {
    this.state = 'JOINING';
    this.socket.request(request, ({ match, error }) => {
      if (!match) {
        this.emit('match_join_error', error?.message ?? '');
        this.state = 'DISCONNECTED';
        return;
      }
      this.matchId = match.match_id;
      this.mySessionId = match.self.session_id;
      for (const presence of [match.self, ...(match.presences ?? [])]) this.remember(presence);
      this.script.run('_setup_match', () => then(match));
    });
  }

  private remember(presence: Presence): void {
    if (!this.users.has(presence.session_id)) this.users.set(presence.session_id, { presence, peerId: 0 });
  }

  private becomeHost(): void {
    this.assign(1, this.mySessionId);
    this.connect(1);
  }

  private connect(peerId: number): void {
    this.myPeerId = peerId;
    this.state = 'CONNECTED';
    this.emit('match_joined', peerId);
  }

  private assign(peerId: number, sessionId: string): void {
    this.sessionOf.set(peerId, sessionId);
    entryOf(this.users, sessionId).peerId = peerId;
  }

  private addPeer(presence: Presence): void {
    const others = [...this.sessionOf].filter(([, id]) => id !== this.mySessionId);
    const peerId = this.newPeerId(presence.session_id);
    this.assign(peerId, presence.session_id);
    this.tell({ type: CLAIM_HOST }, presence);
    for (const [other, sessionId] of others)
      this.tell({ type: ASSIGN_PEER_ID, session_id: sessionId, peer_id: other }, presence);
    this.tell({ type: ASSIGN_PEER_ID, session_id: presence.session_id, peer_id: peerId });
    this.emit('peer_connected', peerId);
  }

  private tell(content: Record<string, unknown>, to?: Presence): void {
    const text = jsonSorted.encode('peer-method', content);
    this.socket.sendMatchData(this.matchId, META, text, to && [to]);
  }

  private newPeerId(sessionId: string): number {
    let peerId = [...sessionId].reduce((hash, char) => (hash * 33 + char.charCodeAt(0)) & 0x7fffffff, 5381);
    while (peerId <= 1 || this.sessionOf.has(peerId)) peerId++;
    return peerId;
  }
}
