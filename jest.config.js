export const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Packages that are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!@noble/|markdown-table/)'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
};

/** Folders of tests that need what `npm test` provides: a bundle, a Nakama binary, a PostgreSQL. */
const needServer = {
  contract: 'test/contract',
  addon: 'test/addon',
  bundle: 'test/bundle',
  stack: 'test/stack',
  client: 'test/clients/web',
  proof: 'proof',
};

const folders = Object.entries(needServer);

export default {
  // Many tests wait most of the time, for rooms whose clock ticks once a second.
  maxWorkers: 3,
  // A machine that is busy with something else is no defect.
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/browser/',
        '<rootDir>/test/clients/godot/',
        ...folders.map(([, folder]) => `<rootDir>/${folder}/`),
      ],
    },
    ...folders.map(([displayName, folder]) => ({
      ...common,
      displayName,
      testMatch: [`<rootDir>/${folder}/**/*.test.ts`],
    })),
  ],
};
