import type { Refusal } from '../protocol/refusal.ts';

/** What an adopted room's host said of somebody: in, with this peer id, or out. */
export type Verdict =
  | { readonly kind: 'granted'; readonly peerId: number; readonly spectator: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
