import { transformSync } from '@swc/wasm-typescript';

/** Blanks the types out and keeps all else as written. */
const eraseTypes = {
  name: 'erase-types',
  transform: (source, id) =>
    id.endsWith('.ts') ? { code: transformSync(source, { mode: 'strip-only' }).code, map: null } : null,
};

/** One ES module without imports: of nakama-js only the types are used. */
export default {
  input: 'client/src/index.ts',
  output: { file: 'client/build/index.js', format: 'es' },
  plugins: [eraseTypes],
};
