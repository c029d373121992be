import { format } from '../../rollup.config.js';
import { eraseTypes } from '../../tools/bundle/erase-types.js';

/** Without the gaps that the types leave. */
const tidy = { name: 'tidy', renderChunk: (code) => format(code) };

/** One ES module without imports: of nakama-js only the types are used. */
export default {
  input: 'clients/web/src/index.ts',
  output: { file: 'clients/web/build/index.js', format: 'es' },
  plugins: [eraseTypes, tidy],
};
