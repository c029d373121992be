import { OpCode } from '../../src/protocol/opcodes.ts';

test('the opcodes are the addon’s', () => {
  expect(OpCode).toEqual({ WEBRTC_PEER_METHOD: 9001, JOIN_SUCCESS: 9002, JOIN_ERROR: 9003 });
});
