import { OpCode } from '../../src/protocol/opcodes.ts';

test('the opcodes are the addon’s, and the own ones begin at 9010', () => {
  const own = {
    ROOM: 9010,
    LINK: 9011,
    STATUS: 9012,
    CHECKPOINT: 9013,
    CHECKPOINT_RESTORED: 9014,
    FALLBACK: 9015,
    SLOW_DOWN: 9017,
    HOST_CHECK: 9018,
  };
  expect(OpCode).toEqual({ WEBRTC_PEER_METHOD: 9001, JOIN_SUCCESS: 9002, JOIN_ERROR: 9003, ...own });
});
