import type { Recipient } from '../room/room.ts';
import type { Asker } from '../room/seal.ts';

/** One client message on its way from the hook to the match. */
export interface Carried {
  readonly opCode: number;
  /** Set when the message may come by the slow way too, so that the match takes it once; else 0. */
  readonly late: number;
  /** The client's bytes in base64. */
  readonly payload: string;
}

/** What hooks and RPCs ask of a match by `nk.matchSignal`. */
export type Signal =
  | { readonly type: 'joined'; readonly who: Recipient }
  | { readonly type: 'messages'; readonly sessionId: string; readonly messages: readonly Carried[] }
  | { readonly type: 'seal'; readonly by: Asker; readonly sealed: boolean };

/** A line of JSON, and for messages one line each with the bytes, which need no escaping there. */
export function encodeSignal(signal: Signal): string {
  if (signal.type !== 'messages') return JSON.stringify(signal);
  const { type, sessionId, messages } = signal;
  const head = messages.map(({ opCode, late }) => [opCode, late]);
  return [JSON.stringify({ type, sessionId, head }), ...messages.map(({ payload }) => payload)].join('\n');
}

/** Null for what this module did not write: any module on the server may signal any match. */
export function decodeSignal(data: string): Signal | null {
  const [first = '', ...payloads] = data.split('\n');
  try {
    const signal = JSON.parse(first);
    if (signal?.type === 'joined' || signal?.type === 'seal') return signal;
    if (signal?.type !== 'messages') return null;
    const messages = payloads.map((payload, index): Carried => {
      const [opCode, late] = signal.head[index];
      return { opCode, late, payload };
    });
    return { type: 'messages', sessionId: signal.sessionId, messages };
  } catch {
    return null;
  }
}
