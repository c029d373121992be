import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import resolve from '@rollup/plugin-node-resolve';
import { eraseTypes } from '../tools/bundle/erase-types.js';

const styles = readdirSync('demo/style').map((file) => `style/${file}`);
const files = ['index.html', 'icon.svg', ...styles];
const folder = 'build/demo';

const copyFiles = {
  name: 'copy-files',
  buildStart() {
    mkdirSync(`${folder}/style`, { recursive: true });
    for (const file of files) {
      this.addWatchFile(`demo/${file}`);
      copyFileSync(`demo/${file}`, `${folder}/${file}`);
    }
  },
};

/** The page to try, with the client library and nakama-js in it: build/demo is all that a web server needs. */
export default {
  input: 'demo/src/main.ts',
  output: { file: `${folder}/page.js`, format: 'es' },
  plugins: [resolve({ browser: true }), eraseTypes, copyFiles],
};
