import { propertyFields } from '../../../src/protocol/properties.ts';
import type { PlayerView, RoomView } from '../../../src/protocol/snapshot.ts';
import type { Properties } from './properties.ts';

/** A room as the server sees it, at one moment. */
export interface Room extends Omit<RoomView, 'properties' | 'players'> {
  /** By which games tell rooms apart, and lists choose them. */
  readonly properties: Properties;
  /** Sorted by peer id. */
  readonly players: readonly RoomPlayer[];
}

/** A player as the server sees them, without the link to them: `match.players` has that. */
export interface RoomPlayer extends Omit<PlayerView, 'properties'> {
  readonly properties: Properties;
}

/** From a snapshot. */
export function roomFrom(view: RoomView): Room {
  const players = view.players.map((player) => ({
    ...player,
    properties: propertyFields(player.properties),
  }));
  return { ...view, properties: propertyFields(view.properties), players };
}
