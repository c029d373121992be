import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import resolve from '@rollup/plugin-node-resolve';
import { eraseTypes } from '../../../tools/bundle/erase-types.js';

const folder = 'build/bench/connect';

const document = {
  name: 'document',
  buildStart() {
    mkdirSync(folder, { recursive: true });
    copyFileSync('node_modules/peerjs/dist/peerjs.min.js', `${folder}/peerjs.js`);
    const scripts = '<script src="peerjs.js"></script><script type="module" src="page.js"></script>';
    writeFileSync(`${folder}/index.html`, `<!doctype html><title>A player</title>${scripts}`);
  },
};

/** The page that each player has open: this project's library, and beside it PeerJS as its package has it for browsers. */
export default {
  input: 'proof/bench/connect/page/main.ts',
  output: { file: `${folder}/page.js`, format: 'es' },
  plugins: [resolve({ browser: true }), eraseTypes, document],
};
