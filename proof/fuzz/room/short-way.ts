import type { Session } from '../../../kit/fake-nakama/session.ts';
import type { Envelope } from '../../../kit/players/wire.ts';
import { messageIn } from '../../../src/nakama/match/read-message.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import { apply } from '../../../src/room/apply.ts';
import type { Traffic } from '../../../src/room/messages/traffic.ts';

export interface Sent {
  readonly session: Session;
  readonly envelope: Envelope;
}

/**
 * What is wrong with what a hook has sent without asking the match: the room, asked now, would have sent the same to the
 * same, and have stayed as it is. Null where nothing is.
 */
export function astray(nk: nkruntime.Nakama, { room, traffic }: State, sent: readonly Sent[]): string | null {
  const [first] = sent;
  const { match_data: data } = first?.envelope ?? {};
  const from = data?.presence?.session_id ?? '';
  if (data === undefined || sent.length !== 1) return `the short way sent ${JSON.stringify(sent)}`;
  const { op_code, data: payload = '' } = data;
  const said = { from, opCode: Number(op_code), recipients: null, reliable: true, payload };
  const message = messageIn(nk, said);
  const tick = Math.max(0, ...traffic.uses.map((use) => use.tick));
  const step = apply({ room, traffic: unspent(traffic) }, { type: 'messaged', message }, tick);
  const [out] = step.out;
  const isSame =
    step.out.length === 1 &&
    out?.type === 'data' &&
    out.to.sessionId === first?.session.id &&
    out.from.sessionId === from &&
    out.payload === payload;
  if (!isSame)
    return `the short way sent ${JSON.stringify(data)}, the room sends ${JSON.stringify(step.out)}`;
  return step.room === room ? null : `the room did not learn from ${JSON.stringify(data)}`;
}

/** The short way has budgets of its own. */
function unspent(traffic: Traffic): Traffic {
  return { ...traffic, uses: traffic.uses.map((use) => ({ ...use, descriptions: 0, candidates: 0 })) };
}
