import { type Player } from './join.ts';
import type { RefusalCode } from './refusal.ts';
import type { IceServers, RoomView } from './room-view.ts';
/** What clients read: the other side of `join.ts`, `room-view.ts` and the RPCs. Null where it is none of these. */
/** The players of a 9002, as far as their entries are whole. */
export declare function decodeJoinSuccess(text: string): readonly Player[] | null;
/** A 9003: to whom, and why. */
export declare function decodeJoinError(text: string): {
    readonly target: string;
    readonly code: RefusalCode | null;
    readonly reason: string;
} | null;
/** A 9010: the room, the recipient's session id, and its ICE servers where they come with it. */
export declare function decodeRoomView(text: string): {
    readonly you: string;
    readonly view: RoomView;
    readonly ice: IceServers | null;
} | null;
/** The answer of `get_ice_servers`. */
export declare function decodeIceServers(payload: string): IceServers | null;
/** The match of the answer of `create_online_match`. */
export declare function decodeCreated(payload: string): string | null;
