import resolve from '@rollup/plugin-node-resolve';
import { eraseTypes } from '../../tools/bundle/erase-types.js';

/** A player for Chromium, with the client library and nakama-js in it. */
export default {
  input: 'proof/networks/page-player.ts',
  output: { file: 'build/networks/page.js', format: 'iife' },
  plugins: [resolve({ browser: true }), eraseTypes],
};
