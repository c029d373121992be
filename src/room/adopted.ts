import { newMember } from './members.ts';
import { createRoom, type Founding, type Member, type Recipient, type Room, type Rules } from './room.ts';

/** The room behind an addon's `create_match`, with its host in it; he is heard of once he is in the match's stream. */
export function createAdoptedRoom(rules: Rules, host: Recipient): Room {
  const founding: Founding = { kind: 'adopted', hostSessionId: host.sessionId, granted: [], refused: [] };
  const member: Member = {
    ...newMember(host, { version: null, announced: false, asked: false }, 0),
    peerId: 1,
    joined: true,
    introduced: true,
  };
  return { ...createRoom(rules, founding, null, null), members: [member], lastPeerId: 1, entered: true };
}
