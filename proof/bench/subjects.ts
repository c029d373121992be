import type { Signal } from '../../src/protocol/peer-method.ts';

/** What is compared, as the tables name it. */
export const Subject = {
  ROOM: 'room',
  RELAYED: 'relayed match',
  /** For meshes: the sender names the one recipient, which the addon does not. */
  ADDRESSED: 'relayed match, addressed',
  BESIDE: 'relayed match, module loaded',
  TEXTBOOK: 'textbook handler',
  PEERJS: 'PeerJS server',
  /** With its own client. */
  PEERJS_CLIENT: 'PeerJS',
  EMPTY: 'empty handler',
  /** As listed as a room is, and no more. */
  LISTED: 'empty handler, listed as a room is',
} as const;

export type SubjectName = (typeof Subject)[keyof typeof Subject];

/** Clients that can signal each other, by number from 0. */
export interface Group {
  send(from: number, to: number, signal: Signal): void;
  /** Called with every signal that reaches the client it is for. */
  onArrival(listener: (from: number, to: number, signal: Signal) => void): void;
  /** How many of them the server has cut off. */
  cutOff(): number;
  /** They go away. */
  close(): void;
}

/** A server to signal over. */
export interface Contender {
  readonly name: SubjectName;
  /** The server's process, whose CPU counts. */
  readonly pid: number;
  gather(clients: number): Promise<Group>;
  stop(): Promise<void>;
}

/** The subjects in another order in each round, so that none always comes after the same one. */
export function inTurns<T>(subjects: readonly T[], round: number): T[] {
  const first = round % subjects.length;
  return [...subjects.slice(first), ...subjects.slice(0, first)];
}
