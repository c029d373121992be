import type { Envelope } from '../../../kit/players/wire.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import type { Tally } from '../tally.ts';

/** Which function of the module was reached, and what came of it. */
export function countCall(
  tally: Tally,
  name: string,
  args: readonly unknown[],
  result: unknown,
  error?: unknown,
): void {
  tally.add(`${name}: ${outcomeOf(name, args, result, error)}`);
}

function outcomeOf(name: string, args: readonly unknown[], result: unknown, error: unknown): string {
  if (error !== undefined) return codeIn((error as { message?: string }).message);
  switch (name) {
    case 'matchJoinAttempt': {
      const { accept, rejectMessage } = result as { accept: boolean; rejectMessage?: string };
      return accept ? 'accepted' : codeIn(rejectMessage);
    }
    case 'matchSignal':
      return `${kindOf(args[6] as string)}, ${changeOf(args[5] as State, result as { state: State } | null)}`;
    case 'matchLoop':
    case 'matchLeave':
    case 'matchJoin':
      return changeOf(args[5] as State, result as { state: State } | null);
    case 'beforeMatchDataSend':
    case 'beforeMatchJoin':
      return result === args[3] ? 'passed on' : 'changed';
    default:
      return 'done';
  }
}

function kindOf(signal: string): string {
  return signal.startsWith('{') ? (/"type":"(\w+)"/.exec(signal)?.[1] ?? 'unknown') : 'data';
}

function changeOf(before: State, result: { state: State } | null): string {
  if (result === null) return 'match over';
  const { room, traffic } = result.state;
  if (traffic.relayed > before.traffic.relayed) return 'relayed';
  const reasons = Object.keys(traffic.dropped) as (keyof typeof traffic.dropped)[];
  const reason = reasons.find((one) => traffic.dropped[one] !== before.traffic.dropped[one]);
  if (reason !== undefined) return `dropped: ${reason}`;
  if (room.language !== before.room.language) return `language ${room.language}`;
  return room === before.room ? 'nothing changed' : 'room changed';
}

/** The code of `code: sentence`. */
function codeIn(text = ''): string {
  return /^[a-z-]+(?=: )/.exec(text)?.[0] ?? text.slice(0, 60);
}

export function countEnvelope(tally: Tally, envelope: Envelope): void {
  const kind = Object.keys(envelope).find((key) => key !== 'cid') ?? 'empty';
  tally.add(envelope.error ? `answered error: ${codeIn(envelope.error.message)}` : `answered ${kind}`);
}

export function countClosed(tally: Tally, reason: string): void {
  tally.add(`socket closed: ${reason.slice(0, 60)}`);
}
