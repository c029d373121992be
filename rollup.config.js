import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { closureText, library } from './tools/bundle/closure.js';
import { eraseTypes } from './tools/bundle/erase-types.js';

// Only what Nakama must find by name stays at the top level of a bundle. An entry imports the rest as
// `import * as onlineMatch from '<path>/nakama/index.ts'`, and that import becomes the closure.
const libraryImport = /^import \* as (\w+) from ['"].*['"];\n/m;
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

let closureOnce = null;

/** Turns the library import of an entry into `const onlineMatch = (function () { … })();`. */
const closure = {
  name: 'closure',
  resolveId(source, importer) {
    const isLibrary = importer && path.resolve(path.dirname(importer), source) === library;
    return isLibrary ? { id: library, external: true } : null;
  },
  async renderChunk(code) {
    // The same in all bundles of one run.
    if (libraryImport.test(code)) closureOnce ??= closureText();
    const text = await closureOnce;
    return format(code.replace(libraryImport, (_, name) => `const ${name} = ${text};\n\n`));
  },
};

export function format(code) {
  const args = [biome, 'format', '--stdin-file-path=bundle.js', '--vcs-enabled=false'];
  return execFileSync(process.execPath, args, { input: code, encoding: 'utf8' });
}

/** Prints what every match pays for, and leaves an unchanged file alone: a server may be reading it. */
const report = {
  name: 'report',
  generateBundle: ({ file }, chunks) => {
    for (const [name, { code }] of Object.entries(chunks)) {
      const functions = code.match(/^function /gm)?.length ?? 0;
      console.log(`${file}: ${(code.length / 1024).toFixed(1)} KB, ${functions} top-level functions`);
      if (existsSync(file) && readFileSync(file, 'utf8') === code) delete chunks[name];
    }
  },
};

function bundle(input, file, ...plugins) {
  return {
    input,
    output: { file, format: 'es', generatedCode: 'es2015' },
    // Nobody but Nakama calls InitModule and the handlers, so an entry keeps everything.
    treeshake: false,
    plugins: [...plugins, closure, eraseTypes, report],
  };
}

/** The closure as an ES module with its types, for a game that bundles a TypeScript module of its own. */
const packageEntry = {
  name: 'package-entry',
  resolveId: (source) => (source === 'online-match' ? source : null),
  load: (id) =>
    id === 'online-match'
      ? `import * as onlineMatch from ${JSON.stringify(library)};\nexport default onlineMatch;\n`
      : null,
  writeBundle: () => copyFileSync('src/package.d.ts', 'build/online-match.d.ts'),
};

/** `npm run build -- --configEntry my-module.ts --configOut my-module.js` bundles another entry. */
export default ({ configEntry, configOut }) =>
  configEntry
    ? bundle(configEntry, configOut)
    : [
        bundle('src/main.ts', 'build/index.js'),
        bundle('online-match', 'build/online-match.js', packageEntry),
      ];
