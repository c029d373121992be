import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { parseAst } from 'rollup/parseAst';

const root = path.resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

type Program = ReturnType<typeof parseAst>;
type Statement = Program['body'][number];
type FunctionStatement = Extract<Statement, { type: 'FunctionDeclaration' }>;

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
  const names = functions.map(({ id }) => id?.name ?? '');
  const initModule = functions.find(({ id }) => id?.name === 'InitModule') as FunctionStatement;
  const handlers = functions.filter((node) => node !== initModule);
  const registrations = initModule.body.body.map((statement) => sourceOf(text, statement));

  test('is a script: goja knows neither import nor export, and nobody has set exports', () => {
    expect(() => new Script(text)).not.toThrow();
    expect(text).not.toMatch(/\bexports\.|\brequire\(|\bimport\(/);
  });

  test('has one closure and the named functions at its top level, since every match pays for each', () => {
    const others = body.filter((node) => !isFunction(node)).map((node) => sourceOf(text, node));
    expect(others).toHaveLength(1);
    expect(others[0]).toMatch(/^const onlineMatch = \(function \(\) \{/);
    expect(others[0]).toMatch(/\}\)\(\);$/);
    expect(names).toHaveLength(new Set(names).size);
  });

  test('has handlers of one line, which call the function of their name in the closure', () => {
    for (const handler of handlers) {
      const name = handler.id?.name;
      expect(sourceOf(text, handler.body)).toBe(`{ return onlineMatch.${name}(...args); }`);
    }
    const [exported = ''] = /return \{[^}]*\};\s*\}\)\(\);/.exec(text) ?? [];
    const returned = [...exported.matchAll(/[\w$]+(?=[,\s]*[,}])/g)].map(([name]) => name);
    expect(returned.sort()).toEqual([...handlers.map(({ id }) => id?.name), 'init'].sort());
  });

  test('registers in flat statements, under ids that are literals', () => {
    const [first, ...rest] = registrations;
    expect(first).toBe('onlineMatch.init(ctx, logger, nk);');
    for (const statement of rest) {
      expect(statement).toMatch(/^initializer\.register\w+\(('\w+', )?(\w+|\{( \w+,)+ \})\);$/);
    }
  });

  test('registers each handler exactly once, and has no other', () => {
    const registered = registrations
      .slice(1)
      .flatMap((statement) =>
        [...statement.replace(/'\w+', /, '').matchAll(/\w+(?=[,)])/g)].map(([name]) => name),
      );
    expect(registered.sort()).toEqual(handlers.map(({ id }) => id?.name).sort());
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
