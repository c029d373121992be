import { transformSync } from '@swc/wasm-typescript';

/** Blanks the types out and keeps all else as written; needs nothing but Node, checks nothing. */
export const blankTypes = (source) => transformSync(source, { mode: 'strip-only' }).code;

export const eraseTypes = {
  name: 'erase-types',
  transform: (source, id) => (id.endsWith('.ts') ? { code: blankTypes(source), map: null } : null),
};
