import type { Session } from './session.ts';

/** A presence as JavaScript has it. */
export interface JsPresence {
  userId: string;
  sessionId: string;
  username: string;
  node: string;
}

/** The match that speaks. */
interface Speaker {
  readonly matchId: string;
  readonly members: readonly Session[];
  label: string;
}

type Sender = JsPresence | null | undefined;

/** What a match may say with its dispatcher; the quirks are those of runtime_javascript_match_core.go. */
export interface Dispatcher {
  broadcastMessage(op: number, data?: unknown, to?: JsPresence[] | null, sender?: Sender): void;
  matchKick(presences: JsPresence[]): void;
  matchLabelUpdate(label: string): void;
}

const bytesOf = (data: unknown): Buffer => {
  if (data === null || data === undefined) return Buffer.alloc(0);
  if (typeof data === 'string') return Buffer.from(data);
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]')
    return Buffer.from(data as ArrayBuffer);
  throw new TypeError('expects data to be an ArrayBuffer, a string or nil');
};

export function dispatcherOf(match: Speaker, kick: (session: Session) => void): Dispatcher {
  const bound = (presences: JsPresence[]) => {
    for (const { sessionId, node } of presences) {
      if (typeof sessionId !== 'string' || typeof node !== 'string')
        throw new TypeError('expects sessionId and node');
    }
    return match.members.filter((session) => presences.some(({ sessionId }) => sessionId === session.id));
  };
  return {
    broadcastMessage(op, data, to, sender) {
      const receivers = to === null || to === undefined ? match.members : bound(to);
      // Nakama puts the sender's session id where the name belongs (runtime_javascript_match_core.go:722).
      const presence = sender && {
        user_id: sender.userId,
        session_id: sender.sessionId,
        username: sender.sessionId,
      };
      const body = { match_id: match.matchId, op_code: String(op), data: bytesOf(data).toString('base64') };
      for (const session of receivers)
        session.send({ match_data: { ...body, ...(presence && { presence }) } });
    },
    matchKick: (presences) => bound(presences).forEach(kick),
    matchLabelUpdate: (label) => {
      if (typeof label !== 'string') throw new TypeError('expects string');
      if (Buffer.byteLength(label) > 2048)
        throw new Error('error updating match label: match label too long');
      match.label = label;
    },
  };
}
