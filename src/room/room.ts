import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { Via } from '../protocol/link-report.ts';
import type { Property } from '../protocol/properties.ts';
import type { OnHostLeft, Topology } from '../protocol/rpcs/create-online-match.ts';
import { type Door, OPEN_DOOR } from './door/door.ts';
import type { Founding } from './founding.ts';
import type { Profile, Sign } from './profile.ts';
import { newSeat, type Seat, type Session } from './seats/seat.ts';

/** One game's gathering, as plain data: a room is what is left of its events, in their order. */
export interface Room {
  readonly rules: Rules;
  readonly founding: Founding;
  readonly profile: Profile;
  readonly sign: Sign;
  readonly door: Door;
  /** What players say of themselves, of those who said anything. */
  readonly statuses: readonly PlayerStatus[];
  /** What the clients speak; null where nobody who decides has said it yet: see language.ts. */
  readonly language: Language | null;
  /** What every member must play; null until it is known. */
  readonly version: string | null;
  readonly sealedBy: 'host' | 'shutdown' | null;
  /** Who holds the host's office, and for which term; null while nobody ever has. */
  readonly host: Host | null;
  /** Seats of those who may not know that the host left: the next tick tells whoever is still here. */
  readonly unsureOfHost: readonly number[];
  /** In the order of their join attempts. */
  readonly seats: readonly Seat[];
  /** The seat that was given last, and the peer id: neither is ever given twice. */
  readonly lastSeatId: number;
  readonly lastPeerId: number;
  /** Whether anybody was ever confirmed. */
  readonly entered: boolean;
  /** The tick at which members were last told who is here. */
  readonly introducedAt: number;
  /** The tick at which the room was made, or the last one left it. */
  readonly emptySince: number;
  /** Messages that wait for their sender or their target to be introduced. */
  readonly pending: Pending;
  /** What members who can say so say of their links. */
  readonly links: readonly LinkReports[];
  /** When the players who announced themselves are to be told what is new of links. */
  readonly linkNews: LinkNews;
  /** The tick at which they were last told of links at once. */
  readonly linksToldAt: number;
  /** The newest state of the game that a host left with the room; null where none did. */
  readonly checkpoint: Checkpoint | null;
}

/** A room's clock: time comes to it in ticks. */
export const TICKS_PER_SECOND = 1;

/** What a player, by their seat, says of themselves to the others. */
export interface PlayerStatus {
  readonly seat: number;
  readonly ready: boolean;
  readonly properties: readonly Property[];
}

/** "plain" is none of the addon's dialects: a game of another kind, whose data is passed on as Nakama would. */
export type Language = Dialect | 'plain';

export interface Host {
  readonly peerId: number;
  /** From 1, and one more with each change of the host. */
  readonly term: number;
  /** Seats that say that the host's game does not answer them. */
  readonly silentTo: readonly number[];
  /** The tick at which the host was asked whether their game goes on; null when they have answered. */
  readonly askedAt: number | null;
}

/** Its bytes lie beside the room. */
export interface Checkpoint {
  /** Of the host who left it. */
  readonly term: number;
  /** From 1. */
  readonly sequence: number;
  /** The tick at which it was last put where it lies, which forgets what is too old. */
  readonly keptAt: number;
}

/** The first host's peer id, as every addon has it. */
export const FIRST_HOST_ID = 1;

export const FIRST_HOST: Host = { peerId: FIRST_HOST_ID, term: 1, silentTo: [], askedAt: null };

/** What a room was made with; times in ticks. */
export interface Rules {
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly versionPolicy: 'known' | 'required';
  readonly defaultVersion: string;
  readonly seatTicks: number;
  readonly creatorTicks: number;
  readonly emptyTicks: number;
  readonly unjoinedTicks: number;
  readonly noShowTicks: number;
  readonly linkTicks: number;
  readonly maxMessageBytes: number;
  readonly descriptionBurst: number;
  readonly candidateBurst: number;
  readonly rejectBurst: number;
  readonly refillTicks: number;
  readonly heldMessages: number;
  /** For how long the seat of somebody is kept who has lost their socket; 0 where none is. */
  readonly awayTicks: number;
  /** The same of somebody whose game was in the background. */
  readonly backgroundTicks: number;
  /** The most that the game's state may have; 0 where none is kept. */
  readonly checkpointBytes: number;
  /** What a player may send through the server; bytes 0 where nobody may. */
  readonly fallbackBytesPerSec: number;
  readonly fallbackMessagesPerSec: number;
  /** What all players of all rooms of the server may. */
  readonly fallbackNodeBytesPerSec: number;
  readonly onHostLeft: OnHostLeft;
  /** In a star, players have to do with the host alone, and addresses with nobody else. */
  readonly topology: Topology;
}

/** What one seat says of its links, by the ids of the seats at their other ends. */
export interface LinkReports {
  readonly from: number;
  readonly connected: readonly number[];
  /** Of each of these the way, and its time there and back in ms; null where they did not say. */
  readonly vias: readonly (Via | null)[];
  readonly rtts: readonly (number | null)[];
  readonly failed: readonly number[];
  /** Those of the failed ones that want a TURN server. */
  readonly unrelayed: readonly number[];
}

export type LinkNews = 'now' | 'later' | 'none';

/** What waits, and how much of it is whose: both by the ids of seats. */
export interface Pending {
  readonly queues: readonly Queue[];
  readonly shares: readonly Share[];
}

/** What waits for one seat, oldest first. */
export interface Queue {
  readonly to: number;
  readonly messages: readonly PendingMessage[];
}

export interface PendingMessage {
  readonly from: number;
  readonly opCode: number;
  readonly reliable: boolean;
  readonly payload: string;
}

export interface Share {
  readonly from: number;
  readonly bytes: number;
}

export const NOTHING_PENDING: Pending = { queues: [], shares: [] };

/** What a room is from its beginning. */
export type Beginning = Pick<Room, 'rules' | 'founding' | 'profile' | 'sign' | 'version' | 'language'>;

export function createRoom({ rules, founding, profile, sign, version, language }: Beginning): Room {
  return {
    ...{ rules, founding, profile, sign, language, version },
    door: OPEN_DOOR,
    statuses: [],
    sealedBy: null,
    host: null,
    unsureOfHost: [],
    seats: [],
    lastSeatId: 0,
    lastPeerId: founding.kind === 'matched' ? founding.invitations.length : 0,
    entered: false,
    introducedAt: 0,
    emptySince: 0,
    pending: NOTHING_PENDING,
    links: [],
    linkNews: 'none',
    linksToldAt: -1,
    checkpoint: null,
  };
}

/** The room behind an addon's `create_match`, with its host in it, who is heard of once they are in the match's stream. */
export function createAdoptedRoom(
  { rules, profile, sign }: Pick<Beginning, 'rules' | 'profile' | 'sign'>,
  host: Session,
): Room {
  const seat: Seat = {
    ...newSeat(1, host, { version: null, announced: false, can: [] }, 0),
    stage: 'joined',
    peerId: FIRST_HOST_ID,
  };
  return {
    ...createRoom({ rules, profile, sign, founding: { kind: 'adopted' }, version: null, language: null }),
    host: FIRST_HOST,
    seats: [seat],
    lastSeatId: seat.id,
    lastPeerId: FIRST_HOST_ID,
    entered: true,
  };
}
