/** Match data opcodes of the OnlineMatch addon; the module's own are 9010–9049. */
export declare const OpCode: {
    /** A WebRTC description, candidate or reconnect request, for one peer. Client → server → that peer. */
    readonly WEBRTC_PEER_METHOD: 9001;
    /** Who is in the match and with which peer id. Server → client, and from an addon's host to the server. */
    readonly JOIN_SUCCESS: 9002;
    /** Why a player may not stay. Server → client, and from an addon's host to the server. */
    readonly JOIN_ERROR: 9003;
    /** The room as it is. Server → clients that announced themselves. */
    readonly ROOM: 9010;
    /** How far a connection to another player is. Announced client → server. */
    readonly LINK: 9011;
};
/** What newer addons made of the same numbers, in which a joiner asks to be let in. */
export declare const OpCodeR: {
    readonly JOIN_REQUEST: 9002;
    readonly JOIN_ERROR: 9003;
    readonly JOIN_SUCCESS: 9004;
};
