export type { LinkState, RoomView } from '../../src/protocol/room-view.ts';
export type { CallOptions } from './call.ts';
export type { Data } from './channels.ts';
export { type ErrorCode, OnlineMatchError } from './errors.ts';
export type { Message, OnlineMatchEvents } from './events.ts';
export type { NetworkRelay } from './ice.ts';
export { type MatchmakingRequest, type MatchState, OnlineMatch } from './online-match.ts';
export type { Player } from './players.ts';
export type { OnlineMatchOptions } from './settings.ts';
