import type { LinkState } from './room-view.ts';
/** A 9001 as a client of the addon's JSON means it, but for its target. */
export type Signal = DescriptionSignal | CandidateSignal | ReconnectSignal;
export interface DescriptionSignal {
    readonly kind: 'description';
    readonly type: 'offer' | 'answer';
    readonly sdp: string;
    /**
     * An offer's number, which its answer repeats: tells an answer to an earlier offer. The addon writes and reads
     * no such field; then null.
     */
    readonly offerNumber: number | null;
}
export interface CandidateSignal {
    readonly kind: 'candidate';
    /** `sdpMid`. */
    readonly media: string;
    /** `sdpMLineIndex`. */
    readonly index: number;
    /** The candidate's line. */
    readonly name: string;
}
/** The sender makes the connection anew, and so shall the receiver. */
export interface ReconnectSignal {
    readonly kind: 'reconnect';
}
/** JSON of a 9001. */
export declare function encodeSignal(target: string, signal: Signal): string;
/** Reads a 9001: null where it is none, or a field is missing. */
export declare function decodeSignal(text: string): {
    readonly target: string;
    readonly signal: Signal;
} | null;
/** JSON of a 9011: how far the sender's connection to this player is. */
export declare function encodeLinkReport(peer: string, state: LinkState): string;
