import type { ToOne } from '../../src/room/step.ts';

/** What a room sends, as tests read it: `9002 to b: b2 a1`, `a → b: hello`, `kick c`. */
export function lineOf(out: ToOne): string {
  const to = out.to.sessionId;
  switch (out.type) {
    case 'join-success':
      return `9002 to ${to}: ${out.players.map(({ sessionId, peerId }) => `${sessionId}${peerId}`).join(' ')}`;
    case 'join-error':
      return `9003 to ${to}: ${out.code}`;
    case 'data':
      return `${out.from.sessionId} → ${to}: ${out.payload}`;
    case 'presences': {
      const joins = out.joins.map(({ sessionId }) => `+${sessionId}`);
      const leaves = out.leaves.map(({ sessionId }) => `-${sessionId}`);
      return `presences to ${to}: ${[...joins, ...leaves].join(' ')}`;
    }
    case 'checkpoint':
      return `9014 to ${to}: ${out.term}.${out.sequence}`;
    case 'host-check':
      return `9018 to ${to}`;
    case 'slow-down':
      return `9017 to ${to}: ${out.ms}`;
    case 'kick':
      return `kick ${to}`;
  }
}
