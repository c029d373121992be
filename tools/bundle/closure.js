import { readFileSync } from 'node:fs';
import path from 'node:path';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { blankTypes, eraseTypes } from './erase-types.js';

// Every match builds its own JavaScript VM and pays, in time and memory, for each function that the bundle makes
// there. So the library is one closure, and within it each part is evaluated when one of its functions is first
// called, and forgotten when it was not called for a while: a room that rests pays for none of them.

const nakama = path.resolve('src/nakama');
export const library = path.join(nakama, 'index.ts');

/** Holds the parts that were evaluated; the closure begins with it. */
const holder = path.join(nakama, 'idle/parts.ts');

/** Files that export functions and nothing else; those that others call come first. */
const parts = ['server/ice-servers', 'idle/match-init', 'match/match', 'idle/outside-matches'];
const fileOf = (part) => path.join(nakama, `${part}.ts`);
const nameOf = (part) => path.basename(part);

/** The library as one expression: a closure that returns what `src/nakama/index.ts` exports. */
export async function closureText() {
  const built = new Map();
  for (const part of parts) built.set(part, await build(fileOf(part), built));
  const { body } = await build(library, built);
  const cases = parts.map(
    (part) => `case '${nameOf(part)}':\nreturn (function () {\n${built.get(part).body}\n})();`,
  );
  return `(function () {
'use strict';

${withoutOrphans(blankTypes(readFileSync(holder, 'utf8')).replace(/^export /gm, ''))}

function evaluate(name) {
  switch (name) {
    ${cases.join('\n')}
  }
}

${body}
})()`;
}

/** One file and what it imports, as the body of a function; other parts are called, not contained. */
async function build(input, built) {
  const bundle = await rollup({
    input,
    // Nothing is linked here, and looking whether it is takes a tenth of the time.
    preserveSymlinks: true,
    plugins: [outside(input, built), resolve(), eraseTypes],
  });
  const { output } = await bundle.generate({ format: 'es', generatedCode: 'es2015' });
  const [{ code, exports }] = output;
  const body = code.replace(holderImport, '').replace(/^export \{([^}]*)\};\s*$/m, (_, names) => {
    return `return {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}};`;
  });
  if (/^import /m.test(body)) throw new Error(`${input} cannot be a part: it imports what the closure lacks`);
  return { body: withoutOrphans(body.trim()), exports };
}

/** Without the comments on types, which are gone. */
const withoutOrphans = (code) => code.replace(/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n(?=[^\S\n]*\n)/gm, '');

const HOLDER = 'parts';
/** Both functions are in scope under their own names. */
const holderImport = /^import \{(?: (?:part|forgetUnused),?)+ \} from 'parts';\n/gm;

const stand = '\0instead-of:';

/** As many as Nakama gives at most. By names, since goja makes a list and an iterator of what three dots stand for. */
const ALL = 'a, b, c, d, e, f, g, h';

/** Puts functions in the place of another part that call those of it. */
function outside(input, built) {
  return {
    name: 'outside',
    resolveId(source, importer) {
      if (source === HOLDER) return { id: HOLDER, external: true, moduleSideEffects: false };
      const file = importer && path.resolve(path.dirname(importer), source);
      if (file === holder) return { id: HOLDER, external: true, moduleSideEffects: false };
      const part = parts.find((one) => fileOf(one) === file && file !== input);
      return part === undefined ? null : stand + part;
    },
    load(id) {
      if (!id.startsWith(stand)) return null;
      const part = id.slice(stand.length);
      const calls = built
        .get(part)
        .exports.map((fn) => `export const ${fn} = (${ALL}) => part('${nameOf(part)}').${fn}(${ALL});`);
      return [`import { part } from '${HOLDER}';`, ...calls].join('\n');
    },
  };
}
