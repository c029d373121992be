import type { Match, MatchData, MatchPresenceEvent } from '@heroiclabs/nakama-js';
import { decodeJoinError } from '../../src/protocol/join-error.ts';
import { decodeJoinSuccess, encodeJoinSuccess } from '../../src/protocol/join-success.ts';
import { OpCode } from '../../src/protocol/opcodes.ts';
import { decodeSignal, encodeSignal, type Signal } from '../../src/protocol/peer-method.ts';
import type { Player as Entry } from '../../src/protocol/player.ts';
import type { Exchange } from './exchange.ts';
import type { Listener, LoadPlayer } from './load-player.ts';
import type { Tally } from './tally.ts';
import { type Troubled, trouble } from './trouble.ts';

/** The version that all bots are of. */
export const VERSION = 'bots';

/** How a player learns who is in: the server lists them, they list them themselves, or the matchmaker did. */
export type Learns = 'listed' | 'host' | 'matched';

/** As long as a browser's description of one data channel. */
const SDP = 'a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host\r\n'.repeat(20);

/** The round that a seat is in. */
interface Round {
  readonly players: readonly LoadPlayer[];
  readonly candidates: number;
  readonly tally: Tally;
  readonly exchange: Exchange;
  readonly isLeaving: boolean;
  fail(error: Troubled): void;
}

/** One player in one match: learns who else is in, and connects to each as the addon does. */
export class Seat implements Listener {
  readonly matchId: string;
  readonly sessionId: string;
  /** When they know everybody. */
  readonly everybody: Promise<void>;
  readonly #known = new Set<string>();
  readonly #entries: Entry[];
  #isListed = false;
  #knowsEverybody!: () => void;

  constructor(
    private readonly round: Round,
    readonly player: LoadPlayer,
    { match_id, self, presences }: Match,
    private readonly learns: Learns,
    readonly askedAt: number,
  ) {
    this.matchId = match_id;
    this.sessionId = self.session_id;
    this.everybody = new Promise((resolve) => {
      this.#knowsEverybody = resolve;
    });
    this.#entries = [entryOf(self, 1)];
    if (learns === 'matched') for (const { session_id } of presences ?? []) this.#meet(session_id);
  }

  /** How many others they know of. */
  get known(): number {
    return this.#known.size;
  }

  onData({ match_id, op_code, data, presence }: MatchData): void {
    if (match_id !== this.matchId) {
      if (op_code === OpCode.WEBRTC_PEER_METHOD) this.round.tally.count('stray');
      return;
    }
    const text = new TextDecoder().decode(data);
    if (op_code === OpCode.WEBRTC_PEER_METHOD) this.#onSignal(presence?.session_id ?? '', text);
    if (op_code === OpCode.JOIN_SUCCESS) this.#onList(text);
    if (op_code === OpCode.JOIN_ERROR) this.#onRefused(text);
  }

  onPresence({ match_id, joins = [], leaves = [] }: MatchPresenceEvent): void {
    if (match_id !== this.matchId) return;
    if (this.learns !== 'listed') for (const joined of joins) this.#onJoined(joined);
    const gone = leaves.find(({ session_id }) => this.#known.has(session_id));
    if (gone !== undefined && !this.round.isLeaving) {
      this.round.fail(trouble('stay', 'left', 'a player is said to have left, and did not'));
    }
  }

  #onJoined(joined: Presence): void {
    if (joined.session_id === this.sessionId || this.#known.has(joined.session_id)) return;
    if (this.learns === 'host') {
      this.#entries.push(entryOf(joined, this.#entries.length + 1));
      this.#post(OpCode.JOIN_SUCCESS, encodeJoinSuccess(this.#entries, VERSION));
    }
    this.#meet(joined.session_id);
  }

  #onList(text: string): void {
    const players = decodeJoinSuccess(text) ?? [];
    if (!this.#isListed) this.round.tally.time('joinSuccess', performance.now() - this.askedAt);
    this.#isListed = true;
    if (players[0]?.sessionId !== this.sessionId) {
      this.round.fail(trouble('learn players', 'own-entry', "a 9002 without its recipient's entry in front"));
    }
    for (const { sessionId } of players) this.#meet(sessionId);
  }

  #onRefused(text: string): void {
    const refusal = decodeJoinError(text);
    if (refusal?.target !== this.sessionId) return;
    this.round.fail(trouble('stay', refusal.code ?? 'refused', refusal.reason));
  }

  #onSignal(from: string, text: string): void {
    const { tally, exchange } = this.round;
    if (!this.#known.has(from)) tally.count('early');
    exchange.arrived(from, this.sessionId, text);
    const signal = decodeSignal(text)?.signal;
    if (signal?.kind === 'description' && signal.type === 'offer') this.#describe(from, 'answer');
  }

  /** Whoever has the lower session id makes the offer. */
  #meet(sessionId: string): void {
    if (sessionId === this.sessionId || this.#known.has(sessionId)) return;
    this.#known.add(sessionId);
    if (this.sessionId < sessionId) this.#describe(sessionId, 'offer');
    if (this.#known.size < this.round.players.length - 1) return;
    this.round.tally.time('everybody', performance.now() - this.askedAt);
    this.#knowsEverybody();
  }

  /** A description, and the candidates that follow it; each names the match, so that no other's is taken for it. */
  #describe(to: string, type: 'offer' | 'answer'): void {
    const ufrag = `ufrag ${this.matchId}`;
    this.#signal(to, { kind: 'description', type, sdp: `${SDP}a=ice-${ufrag}`, offerNumber: null });
    for (let i = 0; i < this.round.candidates; i++) {
      const name = `candidate:${i} 1 udp 2116026111 192.0.2.2 36692 typ host ${ufrag}`;
      this.#signal(to, { kind: 'candidate', media: '0', index: 0, name });
    }
  }

  #signal(to: string, signal: Signal): void {
    const text = encodeSignal(to, signal);
    this.round.exchange.sent(this.sessionId, to, text);
    this.#post(OpCode.WEBRTC_PEER_METHOD, text);
  }

  /** Rejects on a closed socket only, of which the player hears. */
  #post(opCode: number, text: string): void {
    if (this.round.isLeaving) return;
    this.player.socket.sendMatchState(this.matchId, opCode, text).catch(() => {});
  }
}

type Presence = Match['self'];

function entryOf({ session_id, user_id, username }: Presence, peerId: number): Entry {
  return { sessionId: session_id, userId: user_id, username, peerId, spectator: false };
}
