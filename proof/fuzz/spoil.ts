import fc from 'fast-check';
import { ODD } from './material.ts';

/** A value that stands where another should. */
export const odd = fc.constantFrom(...ODD);

/** Tokens of JSON, changed one by one: whatever stood there is another value, twice there, or gone. */
export const changes = fc.array(
  fc.record({
    at: fc.nat(200),
    to: fc.oneof(
      { weight: 6, arbitrary: odd },
      { weight: 1, arbitrary: fc.constantFrom('', ',', '}', ']', '{', '[', ':', '1,1', '"a":1,') },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

const TOKEN = /"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g;

export function changed(json: string, list: readonly { readonly at: number; readonly to: string }[]): string {
  return list.reduce((text, { at, to }) => {
    const tokens = text.match(TOKEN) ?? [];
    const values = tokens.flatMap((token, index) => (token.length > 1 || /\d/.test(token) ? [index] : []));
    const index = values[at % Math.max(1, values.length)];
    return index === undefined ? to : tokens.map((token, other) => (other === index ? to : token)).join('');
  }, json);
}

/** Bytes changed one by one. */
export function bent(text: string, list: readonly { readonly at: number; readonly to: number }[]): string {
  return list.reduce((before, { at, to }) => {
    const where = at % Math.max(1, before.length);
    return before.slice(0, where) + String.fromCharCode(to) + before.slice(where + 1);
  }, text);
}

export const bends = fc.array(fc.record({ at: fc.nat(400), to: fc.nat(255) }), {
  minLength: 1,
  maxLength: 4,
});
