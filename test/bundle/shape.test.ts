import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { parseAst } from 'rollup/parseAst';

const root = path.resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

type Program = ReturnType<typeof parseAst>;
type Statement = Program['body'][number];
type FunctionStatement = Extract<Statement, { type: 'FunctionDeclaration' }>;

/** `const onlineMatch = (function () { … })();` */
interface ClosureStatement {
  readonly declarations: readonly [
    { readonly init: { readonly callee: { readonly body: { readonly body: object[] } } } },
  ];
}

const isFunction = (node: Statement): node is FunctionStatement => node.type === 'FunctionDeclaration';

/** The code of a node, on one line. */
function sourceOf(text: string, node: object): string {
  const { start, end } = node as { start: number; end: number };
  return text.slice(start, end).replace(/\s+/g, ' ');
}

/** What Nakama asks of a bundle's text: nakama-runtime's handlers are found by name, registrations by syntax. */
describe('build/index.js', () => {
  const text = read('build/index.js');
  const { body } = parseAst(text);
  const functions = body.filter(isFunction);
  const [initModule] = functions as [FunctionStatement];
  const [closure = '', ...constants] = body
    .filter((node) => !isFunction(node))
    .map((node) => sourceOf(text, node));
  const handlers = constants.flatMap((constant) => [...constant.matchAll(/\w+(?=[,\s]*[,}])/g)]).map(String);
  const registrations = initModule.body.body.map((statement) => sourceOf(text, statement));

  test('is a script: goja knows neither import nor export, and nobody has set exports', () => {
    expect(() => new Script(text)).not.toThrow();
    expect(text).not.toMatch(/\bexports\.|\brequire\(|\bimport\(/);
  });

  test('has one closure and InitModule at its top level, since every match pays for each function there', () => {
    expect(closure).toMatch(/^const onlineMatch = \(function \(\) \{/);
    expect(closure).toMatch(/\}\)\(\);$/);
    expect(functions.map(({ id }) => id?.name)).toEqual(['InitModule']);
  });

  test('has the functions of the closure as constants, which cost half as much', () => {
    for (const constant of constants) expect(constant).toMatch(/^const \{( \w+,?)+ \} = onlineMatch;$/);
    const [exported = ''] = /return \{[^}]*\};\s*\}\)\(\);$/.exec(closure) ?? [];
    const returned = [...exported.matchAll(/[\w$]+(?=[,\s]*[,}])/g)].map(([name]) => name);
    expect(returned.sort()).toEqual([...handlers, 'init'].sort());
  });

  test('makes no function for what a match at rest does not need', () => {
    const node = body.find((statement) => !isFunction(statement)) as object as ClosureStatement;
    const made = node.declarations[0].init.callee.body.body;
    expect(made.length).toBeGreaterThan(handlers.length);
    expect(made.length).toBeLessThan(handlers.length + 20);
  });

  test('registers in flat statements, under ids that are literals', () => {
    const [first, second, ...rest] = registrations;
    expect(first).toBe('Object.assign(globalThis, onlineMatch);');
    expect(second).toBe('onlineMatch.init(ctx, logger, nk);');
    for (const statement of rest) {
      expect(statement).toMatch(/^initializer\.register\w+\(('\w+', )?(\w+|\{( \w+,)+ \})\);$/);
    }
  });

  test('registers each handler exactly once, and has no other', () => {
    const registered = registrations
      .slice(2)
      .flatMap((statement) =>
        [...statement.replace(/'\w+', /, '').matchAll(/\w+(?=[,)])/g)].map(([name]) => name),
      );
    expect(registered.sort()).toEqual([...handlers].sort());
  });

  test('uses nothing that goja has not', () => {
    expect(text).not.toMatch(
      /\b(console|setTimeout|setInterval|TextDecoder|structuredClone|Buffer|URL)\b[.(]|\bprocess\./,
    );
  });
});

describe('build/online-match.js', () => {
  test('is the same closure as an ES module', () => {
    const closureOf = (text: string) => /const onlineMatch = [\s\S]*?\n\}\)\(\);\n/.exec(text)?.[0];
    const text = read('build/online-match.js');
    expect(closureOf(text)).toBe(closureOf(read('build/index.js')));
    expect(text.replace(closureOf(text) ?? '', '').trim()).toBe('export { onlineMatch as default };');
  });
});
