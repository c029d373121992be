/** What a page is told: with how many others it is to meet, and over which server. */
export interface MeetingOptions {
  readonly players: number;
  readonly server: { readonly port: number; readonly key: string };
  /** Names the group; players of one group meet. */
  readonly group: string;
  /** This player's place in the group, from 0. */
  readonly place: number;
  readonly iceServers: readonly RTCIceServer[];
  /** Data goes through a TURN server alone. */
  readonly isRelayed: boolean;
}

/** In ms since 1970: when the player knew whom to connect to, and when the channels to all of them were open. */
export interface Met {
  readonly begun: number;
  readonly open: number;
}

/** A player of one kind of software. The socket to the server is open before anybody meets. */
export interface Player {
  prepare(options: MeetingOptions): Promise<void>;
  meet(): Promise<Met>;
}

export const now = (): number => performance.timeOrigin + performance.now();
