/**
 * One thing that an attacker does, as plain JSON. Its texts may name what is known only at run time, by macros:
 * `$s2$`, `$u2$` session and user id of attacker 2; `$g2$` session id of guard 2; `$m1$` match id of room 1;
 * `$j1$` that of a match that its sender is in;
 * `$p0$` id of a party; and what is too long to write down: `$x99$` 99 letters, `$o99$` and `$c99$` as many
 * objects begun and ended, `$l99$` and `$r99$` arrays.
 */
export type Frame = Sent | Raw | Call | Close | Wait;

/**
 * An envelope on a socket, as many `times`, once without; `steps`: how much of the server runs before the next
 * frame, all of it without.
 */
export interface Sent {
  readonly type: 'send';
  readonly by: number;
  readonly envelope: { readonly [kind: string]: unknown };
  readonly times?: number;
  readonly steps?: number;
}

/** A frame that need not be an envelope at all. */
export interface Raw {
  readonly type: 'raw';
  readonly by: number;
  readonly text: string;
}

/** An RPC over HTTP, by an attacker's user or with the server's key. */
export interface Call {
  readonly type: 'call';
  readonly by: number | 'backend';
  readonly rpc: string;
  readonly payload: string;
}

/** The attacker's socket goes away; their next frame opens another. */
export interface Close {
  readonly type: 'close';
  readonly by: number;
}

export interface Wait {
  readonly type: 'wait';
  readonly seconds: number;
}

/** Bytes of match data: a text in UTF-8, or one byte for each character. Both may hold macros. */
export type Bytes = { readonly utf8: string } | { readonly latin1: string };

/** What the macros stand for; null for what is not there. */
export type Names = (kind: 's' | 'u' | 'g' | 'm' | 'j' | 'p', index: number) => string | null;

const LONG: { readonly [kind: string]: string } = { x: 'x', o: '{"a":', c: '}', l: '[', r: ']' };

export function expand(text: string, names: Names): string {
  return text.replace(/\$([a-z])(\d{1,5})\$/g, (macro, kind: string, count: string) => {
    const unit = LONG[kind];
    if (unit !== undefined) return unit.repeat(Number(count));
    return names(kind as Parameters<Names>[0], Number(count)) ?? macro;
  });
}

/** The value with its macros expanded, and bytes as the base64 that travels. */
export function resolve(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return expand(value, names);
  if (Array.isArray(value)) return value.map((one) => resolve(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const { utf8, latin1 } = value as { utf8?: unknown; latin1?: unknown };
  if (typeof utf8 === 'string') return Buffer.from(expand(utf8, names)).toString('base64');
  if (typeof latin1 === 'string') return Buffer.from(expand(latin1, names), 'latin1').toString('base64');
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [expand(key, names), resolve(one, names)]),
  );
}
