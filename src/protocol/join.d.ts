import type { RefusalCode } from './refusal.ts';
export interface Player {
    readonly sessionId: string;
    readonly userId: string;
    readonly username: string;
    /** 1 is the host. */
    readonly peerId: number;
    /** Only dialect R has spectators. */
    readonly spectator: boolean;
}
/**
 * JSON of a 9002. The players come in the order given: some Godot 4 clients lose every peer that is
 * listed before themselves, so the recipient belongs first. The fields are those that any known variant
 * of the addon asks for.
 */
export declare function encodeJoinSuccess(players: readonly Player[], clientVersion: string): string;
/** JSON of a 9003. */
export declare function encodeJoinError(target: string, code: RefusalCode, reason: string): string;
/** The numbers that the variants of the addon with error codes know. */
export declare function joinErrorCode(code: RefusalCode): number;
export declare const JoinErrorCode: {
    readonly ALREADY_BEGUN: 0;
    readonly FULL: 1;
    readonly CLIENT_VERSION: 2;
};
