/** Match data opcodes of the OnlineMatch addon; the module's own are 9010–9049. */
export const OpCode = {
  /** A WebRTC description, candidate or reconnect request, for one peer. Client → server → that peer. */
  WEBRTC_PEER_METHOD: 9001,
  /** Who is in the match and with which peer id. Server → client. */
  JOIN_SUCCESS: 9002,
  /** Why a player may not stay. Server → client. */
  JOIN_ERROR: 9003,
} as const;

export type OpCode = (typeof OpCode)[keyof typeof OpCode];
