/** Match data opcodes of the OnlineMatch addon; the module's own are 9010–9049. */
export const OpCode = {
  /** A WebRTC description, candidate or reconnect request, for one peer. Client → server → that peer. */
  WEBRTC_PEER_METHOD: 9001,
  /** Who is in the match and with which peer id. Server → client, and from an addon's host to the server. */
  JOIN_SUCCESS: 9002,
  /** Why a player may not stay. Server → client, and from an addon's host to the server. */
  JOIN_ERROR: 9003,
  /** The room as it is. Server → clients that announced themselves. */
  ROOM: 9010,
  /** How far a connection to another player is. Announced client → server. */
  LINK: 9011,
  /** What a player says of themselves. Announced client → server. */
  STATUS: 9012,
  /** The game's state, as bytes, for whoever becomes host. Host → server. */
  CHECKPOINT: 9013,
  /** The newest of these. Server → new host. */
  CHECKPOINT_RESTORED: 9014,
  /** A frame of data for another player, to whom there is no other way. Announced client → server → that player. */
  FALLBACK: 9015,
  /** How long to wait before the next reliable frame. Server → announced client. */
  SLOW_DOWN: 9017,
  /** Whether the host's game goes on. Server → host, whose game answers with the same. */
  HOST_CHECK: 9018,
} as const;

/** Whether the addon, one of its variants or this module gives this number a meaning. */
export function isOnlineMatchOpCode(opCode: number): boolean {
  return opCode >= 9001 && opCode <= 9049;
}

/** What newer addons made of the same numbers, in which a joiner asks to be let in. */
export const OpCodeR = {
  JOIN_REQUEST: 9002,
  JOIN_ERROR: 9003,
  JOIN_SUCCESS: 9004,
} as const;
