/** "waiting": nobody has come; "gathering": below min_players; "closed": the host has left. */
export type Phase = 'waiting' | 'gathering' | 'ready' | 'sealed' | 'closed';
/** What a listing shows of a room. */
export interface Label {
    readonly phase: Phase;
    readonly players: number;
    /** Seats that can be had now: none in a sealed or closed room. */
    readonly openSeats: number;
    readonly minPlayers: number;
    readonly maxPlayers: number;
    readonly clientVersion: string | null;
    /** `clientVersion` in a form that needs no escaping in a Nakama query. */
    readonly versionKey: string;
    /** Username of the host. */
    readonly host: string | null;
}
/** Whether a match label was written by this module. */
export declare function isRoomLabel(label: string): boolean;
export declare function encodeLabel(label: Label): string;
/** The label as `get_online_match` answers it, or null when it is not a room's. */
export declare function lobbyViewOf(matchId: string, label: string): string | null;
/** The phase that a label tells, or null when it is not a room's. */
export declare function phaseIn(label: string): Phase | null;
