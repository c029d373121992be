import { type Capability, capabilitiesIn } from './capability.ts';
import { type Fields, isNonEmptyString, parseObject } from './fields.ts';
import type { Phase, Visibility } from './label.ts';
import type { LinkFailure, LinkState, Via } from './link-report.ts';
import { type Player, playerFields, playerIn } from './player.ts';
import { type Property, propertiesIn, propertyFields } from './properties.ts';
import type { Topology } from './rpcs/create-online-match.ts';
import { type IceServers, iceServersFrom } from './rpcs/get-ice-servers.ts';

// 9010: the room as it is, for clients that announced themselves.

/** The connection of two players, by session id; `a` is the lower. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly state: LinkState;
  /** By which way their data goes, while they are connected; null where neither says. */
  readonly via: Via | null;
  /** Milliseconds there and back. */
  readonly rttMs: number | null;
  /** Why it failed, where that is known. */
  readonly reason: LinkFailure | null;
}

/** Who holds the host's office. */
export interface HostView {
  readonly peerId: number;
  /** From 1, and one more with each change of the host. */
  readonly term: number;
}

export interface PlayerView extends Player {
  readonly announced: boolean;
  /** What their client can, as far as this room has it. */
  readonly can: readonly Capability[];
  /** One more with each return of a client that had lost its connections; from 0. */
  readonly generation: number;
  /** Seconds for which the seat of somebody is kept who has lost their socket; null while they are here. */
  readonly awaySec: number | null;
  readonly ready: boolean;
  /** Sorted by key. */
  readonly properties: readonly Property[];
}

/** A room as those clients see it that announced themselves. */
export interface RoomView {
  /** By which others find it. */
  readonly code: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly hasPassword: boolean;
  /** Sorted by key. */
  readonly properties: readonly Property[];
  readonly phase: Phase;
  readonly topology: Topology;
  readonly clientVersion: string | null;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly openSeats: number;
  /** Null while nobody has held the office. */
  readonly host: HostView | null;
  /** Sorted by peer id. */
  readonly players: readonly PlayerView[];
  /** Every pair of players of whom one announced itself: of the others nothing is known. */
  readonly links: readonly Link[];
  /** Whether all of these are connected, but for those of players who are away. */
  readonly connected: boolean;
  /** Whether all are ready who are here and announced themselves. */
  readonly allReady: boolean;
}

/** The server writes it: the same for everybody, but for the first one of each. */
export function encodeSnapshot(view: RoomView): string {
  return JSON.stringify({
    code: view.code,
    name: view.name,
    visibility: view.visibility,
    has_password: view.hasPassword,
    properties: propertyFields(view.properties),
    phase: view.phase,
    topology: view.topology,
    client_version: view.clientVersion,
    min_players: view.minPlayers,
    max_players: view.maxPlayers,
    open_seats: view.openSeats,
    host: view.host && { peer_id: view.host.peerId, term: view.host.term },
    players: view.players.map(fieldsOf),
    links: view.links.map(linkFieldsOf),
    connected: view.connected,
    all_ready: view.allReady,
  });
}

function linkFieldsOf({ a, b, state, via, rttMs, reason }: Link): object {
  return {
    ...{ a, b, state },
    ...(via !== null && { via }),
    ...(rttMs !== null && { rtt_ms: rttMs }),
    ...(reason !== null && { reason }),
  };
}

function fieldsOf(player: PlayerView): object {
  const { announced, can, generation, awaySec, ready } = player;
  const properties = propertyFields(player.properties);
  const away = awaySec === null ? {} : { away: true, away_sec: awaySec };
  return { ...playerFields(player), announced, can, generation, ready, properties, ...away };
}

/** The first one of a recipient says who they are, and has ICE servers of their own. */
export function addressSnapshot(snapshot: string, you: string, ice: IceServers): string {
  const own = JSON.stringify({ you, ice_servers: ice.iceServers, ice_expires_in: ice.expiresIn });
  return `${own.slice(0, -1)},${snapshot.slice(1)}`;
}

/** Clients read the room, and in their first one their session id and their ICE servers; null where it is no 9010. */
export function decodeSnapshot(
  text: string,
): { readonly you: string | null; readonly view: RoomView; readonly ice: IceServers | null } | null {
  const fields = parseObject(text);
  if (fields === null || !Array.isArray(fields.players)) return null;
  const players = fields.players.map(playerViewIn).filter((player) => player !== null);
  const view: RoomView = {
    code: typeof fields.code === 'string' ? fields.code : '',
    name: typeof fields.name === 'string' ? fields.name : '',
    visibility: fields.visibility === 'public' ? 'public' : 'private',
    hasPassword: fields.has_password === true,
    properties: propertiesIn(fields.properties) ?? [],
    phase: fields.phase as Phase,
    topology: fields.topology === 'star' ? 'star' : 'mesh',
    clientVersion: typeof fields.client_version === 'string' ? fields.client_version : null,
    minPlayers: Number(fields.min_players),
    maxPlayers: Number(fields.max_players),
    openSeats: Number(fields.open_seats),
    host: hostViewIn(fields.host),
    players,
    links: Array.isArray(fields.links) ? fields.links.map(linkIn) : [],
    connected: fields.connected === true,
    allReady: fields.all_ready === true,
  };
  const you = isNonEmptyString(fields.you) ? fields.you : null;
  return { you, view, ice: iceServersFrom(fields.ice_servers, fields.ice_expires_in) };
}

function linkIn({ a, b, state, via = null, rtt_ms = null, reason = null }: Fields): Link {
  return { a, b, state, via, rttMs: rtt_ms, reason } as Link;
}

function playerViewIn(listed: unknown): PlayerView | null {
  const player = playerIn(listed);
  if (player === null) return null;
  const { announced, can, generation, away, away_sec, ready, properties } = listed as Fields;
  return {
    ...player,
    announced: announced === true,
    can: capabilitiesIn(can),
    generation: Number(generation ?? 0),
    awaySec: away === true ? Number(away_sec ?? 0) : null,
    ready: ready === true,
    properties: propertiesIn(properties) ?? [],
  };
}

function hostViewIn(fields: unknown): HostView | null {
  const { peer_id, term } = (fields ?? {}) as Fields;
  return typeof peer_id === 'number' && typeof term === 'number' ? { peerId: peer_id, term } : null;
}
