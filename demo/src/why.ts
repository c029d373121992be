import type { LinkStep, Player } from '../../clients/web/src/index.ts';
import type { Pair } from './pairs.ts';

/** Why two players are not linked; `self` is this player, whose page may take TURN servers only. */
export function whyFailed({ a, b, reason }: Pair, self: number | undefined, isForced: boolean): string {
  if (reason !== 'no-relay') return 'no way through has been found. It is tried again.';
  if (a !== self && b !== self)
    return 'the data of one of them must go through a TURN server, and there is none.';
  return isForced
    ? 'your data must go through a TURN server (relay=forced in the address), and there is none.'
    : 'the other’s data must go through a TURN server, and there is none.';
}

const STEPS: { readonly [step in LinkStep]: string } = {
  direct: 'connecting …',
  restart: 'trying again …',
  turn: 'trying TURN …',
  server: 'trying the server …',
};

/** How far a link is that is not up, in few words. */
export function howFar({ status, step }: Player, reason: Pair['reason']): string {
  if (status === 'failed') return reason === 'no-relay' ? 'failed: no TURN server' : 'failed: no way through';
  return STEPS[step];
}

/** Why somebody is away, and what becomes of them. */
export function whyAway({ username, awaySec, status }: Player): string {
  const link = status === 'connected' ? ' You are still linked to them.' : '';
  return `${username} has lost their connection to the server, or closed the page. Their seat is kept for ${awaySec} s.${link}`;
}
