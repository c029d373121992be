import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

/** The library for web games. */
const CLIENT = 'clients/web';

/** Every layer, with those that it may import besides itself. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'src/protocol': [],
  'src/room': ['src/protocol'],
  'src/nakama': ['src/protocol', 'src/room'],
  'src/main.ts': ['src/nakama'],
  [CLIENT]: ['src/protocol'],
  demo: [CLIENT],
  tools: ['src'],
  kit: ['src', 'tools'],
  test: ['src', CLIENT, 'demo', 'kit', 'tools'],
  proof: ['src', CLIENT, 'kit', 'tools'],
};

type Import = readonly [importer: string, imported: string];

const isIn = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

const layerOf = (file: string) => Object.keys(LAYERS).find((layer) => isIn(file, layer));

const filesOf = (layer: string): string[] =>
  layer.endsWith('.ts')
    ? [layer]
    : readdirSync(path.join(root, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|build)\//.test(name))
        .map((name) => `${layer}/${name}`);

/** Of files and of types alike: `from './a.ts'`, `import './a.ts'`, `import('./a.ts')`, `require('./a.ts')`. */
const importsOf = (file: string): Import[] =>
  [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(
      /\b(?:from|import|require)\b[\s(]*['"](\.[^'"]+)['"]/g,
    ),
  ].map(([, relative = '']) => [file, path.join(path.dirname(file), relative)]);

function breaksIn(imports: readonly Import[]): string[] {
  const isBreak = ([importer, imported]: Import) => {
    const layer = layerOf(importer) ?? '';
    return ![layer, ...(LAYERS[layer] ?? [])].some((allowed) => isIn(imported, allowed));
  };
  return imports.filter(isBreak).map(([importer, imported]) => `${importer} imports ${imported}`);
}

/** Each from its first file in the alphabet, by the shortest way round. */
function cyclesIn(imports: readonly Import[]): string[] {
  const cycleFrom = (first: string): string[] => {
    const ways = [[first]];
    const seen = new Set<string>();
    for (const way of ways) {
      for (const next of importedBy.get(way.at(-1) as string) ?? []) {
        if (next === first) return [[...way, first].join(' → ')];
        if (next > first && !seen.has(next)) ways.push([...way, next]);
        seen.add(next);
      }
    }
    return [];
  };
  const importedBy = new Map<string, string[]>();
  for (const [importer, imported] of imports)
    importedBy.set(importer, [...(importedBy.get(importer) ?? []), imported]);
  return [...importedBy.keys()].flatMap(cycleFrom);
}

const imports = Object.keys(LAYERS).flatMap(filesOf).flatMap(importsOf);

test('imports go one way', () => {
  expect(imports).toContainEqual(['src/main.ts', 'src/nakama/index.ts']);
  expect(breaksIn(imports)).toEqual([]);
});

test('no files import each other', () => {
  expect(cyclesIn(imports)).toEqual([]);
});

test('a break names both files, a cycle all of its files', () => {
  const broken: Import[] = [
    ['src/room/host/seal.ts', 'src/nakama/match/deliver.ts'],
    ['src/nakama/match/deliver.ts', 'src/room/room.ts'],
    ['src/room/room.ts', 'src/room/host/seal.ts'],
    ['proof/fuzz/main.ts', 'test/nakama/players.ts'],
    ['src/protocol/label.ts', 'src/protocol/dialects/json.ts'],
  ];
  expect(breaksIn(broken)).toEqual([
    'src/room/host/seal.ts imports src/nakama/match/deliver.ts',
    'proof/fuzz/main.ts imports test/nakama/players.ts',
  ]);
  expect(cyclesIn(broken)).toEqual([
    'src/nakama/match/deliver.ts → src/room/room.ts → src/room/host/seal.ts → src/nakama/match/deliver.ts',
  ]);
});
