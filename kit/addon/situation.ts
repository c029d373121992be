import { activeCount, type Players } from './players.ts';

export type Mode = 'NONE' | 'CREATE' | 'JOIN' | 'MATCHMAKER';
export type State = 'LOBBY' | 'MATCHING' | 'CONNECTING' | 'WAITING_FOR_ENOUGH_PLAYERS' | 'READY' | 'PLAYING';

/** What a game sets before it plays. */
export interface GameSettings {
  readonly minPlayers: number;
  /** In the variant with spectators: of those who play. */
  readonly maxPlayers: number;
  readonly maxTotalPlayers: number;
  readonly clientVersion: string;
}

/** What a game tells its player, or acts on. */
export interface Signals {
  /** What the player is shown. */
  error: string;
  disconnected: null;
  match_created: string;
  match_joined: string;
  matchmaker_matched: Players;
  player_joined: string | null;
  player_left: string;
  /** The session whose link is up. */
  player_connected: string;
  match_ready: Players;
  match_not_ready: null;
  /** Not a signal of the addon: its `leave()` is over, and it is as at its start. */
  reset: null;
}

export type Emit = <S extends keyof Signals>(signal: S, value: Signals[S]) => void;

/** The variables of OnlineMatch that its parts share. */
export class Situation {
  mode: Mode = 'NONE';
  state: State = 'LOBBY';
  mySessionId = '';
  matchId = '';
  ticket = '';
  players: Players = new Map();
  nextPeerId = 1;
  isSpectating = false;

  constructor(readonly minPlayers: number) {}

  /** Whatever `leave()` sets back. */
  reset(): void {
    Object.assign(this, new Situation(this.minPlayers));
  }

  hasEnoughPlayers(): boolean {
    return activeCount(this.players) >= this.minPlayers;
  }
}
