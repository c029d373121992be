import path from 'node:path';
import swc from '@swc/core';

/** Takes the types out, and says in the source map where each line was. */
const plain = {
  name: 'plain',
  transform: (source, filename) =>
    swc.transform(source, {
      filename,
      swcrc: false,
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    }),
};

const minified = {
  name: 'minified',
  renderChunk: (code, _, { format }) =>
    swc.minify(code, { module: format === 'es', sourceMap: true, compress: true, mangle: true }),
};

const usual = 'clients/web/build';

/** Modules, and scripts that make a global `onlineMatch`. Without imports: of nakama-js only the types are used. */
export default ({ configBuild = usual }) => {
  const output = (file, format, ...plugins) => ({
    file: path.join(configBuild, file),
    format,
    name: 'onlineMatch',
    sourcemap: true,
    // The same wherever it is built.
    sourcemapPathTransform: (source, map) =>
      path
        .relative(usual, path.resolve(path.dirname(map), source))
        .split(path.sep)
        .join('/'),
    plugins,
  });
  return {
    input: 'clients/web/src/index.ts',
    output: [
      output('index.js', 'es'),
      output('index.min.js', 'es', minified),
      output('online-match.js', 'iife'),
      output('online-match.min.js', 'iife', minified),
    ],
    plugins: [plain],
  };
};
