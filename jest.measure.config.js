import config from './jest.config.js';

/** `npm run measure`: figures, not checks; nothing here fails for being slow. */
export default {
  ...config.projects[0],
  displayName: 'measure',
  testMatch: ['<rootDir>/test/**/*.measure.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
