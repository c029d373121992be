import path from 'node:path';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { eraseTypes } from './erase-types.js';

// Every match builds its own JavaScript VM and pays, in time and memory, for each function that the bundle makes
// there. So the library is one closure, and within it each part is evaluated when one of its functions is first
// called, and forgotten when it was not called for a while: a room that rests pays for none of them.

export const library = path.resolve('src/nakama/index.ts');
/** Files that export functions and nothing else; those that others call come first. */
const parts = {
  'ice-servers': 'server/ice-servers.ts',
  'match-init': 'idle/match-init.ts',
  match: 'match/match.ts',
  'outside-matches': 'idle/outside-matches.ts',
};
const names = Object.keys(parts);
const fileOf = (part) => path.resolve('src/nakama', parts[part]);
const forgetting = path.resolve('src/nakama/idle/parts.ts');

/** The library as one expression: a closure that returns what `src/nakama/index.ts` exports. */
export async function closureText() {
  const built = new Map();
  for (const part of names) built.set(part, await build(fileOf(part), built));
  const { body } = await build(library, built);
  return `(function () {
'use strict';

let recent = null;
let older = null;

function part(name) {
  recent ??= {};
  recent[name] ??= older?.[name] ?? evaluate(name);
  return recent[name];
}

function evaluate(name) {
  switch (name) {
    ${names.map((name) => `case '${name}':\nreturn (function () {\n${built.get(name).body}\n})();`).join('\n')}
  }
}

${body}
})()`;
}

/** One file and what it imports, as the body of a function; other parts are called, not contained. */
async function build(input, built) {
  const bundle = await rollup({ input, plugins: [outside(input, built), resolve(), eraseTypes] });
  const { output } = await bundle.generate({ format: 'es', generatedCode: 'es2015' });
  const [{ code, exports }] = output;
  const body = code.replace(/^export \{([^}]*)\};\s*$/m, (_, names) => {
    return `return {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}};`;
  });
  return { body: body.trim(), exports };
}

/** What src/nakama/idle/parts.ts is in the bundle. */
const forgetUnused = `
export function forgetUnused() {
  const isForgetting = older !== null;
  older = recent;
  recent = null;
  if (isForgetting) overwriteFrames(20);
}

// Goja keeps what a try statement saw that has ended, until another one takes its place on the stack.
function overwriteFrames(depth) {
  try {
    if (depth > 0) overwriteFrames(depth - 1);
  } finally {
  }
}
`;

const stand = '\0instead-of:';

/** Puts functions in the place of another part that call those of it. */
function outside(input, built) {
  return {
    name: 'outside',
    resolveId(source, importer) {
      const file = importer && path.resolve(path.dirname(importer), source);
      const part = names.find((name) => fileOf(name) === file && file !== input);
      if (part !== undefined) return stand + part;
      return file === forgetting ? stand + forgetting : null;
    },
    load(id) {
      if (!id.startsWith(stand)) return null;
      const name = id.slice(stand.length);
      if (name === forgetting) return forgetUnused;
      return built
        .get(name)
        .exports.map((fn) => `export const ${fn} = (...args) => part('${name}').${fn}(...args);`)
        .join('\n');
    },
  };
}
