import { type Fields, isNonEmptyString } from '../fields.ts';
import { decodeLabel, type Label, type Phase } from '../label.ts';
import { type Property, propertiesIn, propertyFields } from '../properties.ts';
import { type Decoded, decodeRequest } from './request.ts';

// get_online_match: what a listing shows of one match.

/** The server reads the request. */
export function decodeGetRequest(payload: string): Decoded<{ readonly matchId: string }> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
  }));
}

/** The server answers what a match's label says; null when it is not a room's. */
export function encodeListed(matchId: string, label: string): string | null {
  const room = decodeLabel(label);
  return room === null ? null : JSON.stringify(listedFields(matchId, room));
}

/** A room as lists show it, and whoever asks for it alone. */
export function listedFields(matchId: string, room: Label): Fields {
  return {
    match_id: matchId,
    phase: room.phase,
    players: room.players,
    open_seats: room.openSeats,
    min_players: room.minPlayers,
    max_players: room.maxPlayers,
    client_version: room.clientVersion,
    host: room.host,
    name: room.name,
    visibility: room.visibility,
    properties: propertyFields(room.properties),
    has_password: room.hasPassword,
  };
}

/** A room as clients read it of a list. */
export interface Listed extends Omit<Label, 'listed' | 'codeKey' | 'serial'> {
  readonly matchId: string;
  /** Sorted by key. */
  readonly properties: readonly Property[];
}

/** Clients read it; null where it is none. */
export function listedIn(fields: Fields): Listed | null {
  if (!isNonEmptyString(fields.match_id)) return null;
  return {
    matchId: fields.match_id,
    phase: fields.phase as Phase,
    players: Number(fields.players),
    openSeats: Number(fields.open_seats),
    minPlayers: Number(fields.min_players),
    maxPlayers: Number(fields.max_players),
    clientVersion: isNonEmptyString(fields.client_version) ? fields.client_version : null,
    host: isNonEmptyString(fields.host) ? fields.host : null,
    name: typeof fields.name === 'string' ? fields.name : '',
    visibility: fields.visibility === 'public' ? 'public' : 'private',
    properties: propertiesIn(fields.properties) ?? [],
    hasPassword: fields.has_password === true,
  };
}
