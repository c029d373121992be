import { common } from './jest.config.js';

/** `npm run test:browser`: the page, in a browser. */
export default {
  ...common,
  maxWorkers: 2,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 120_000,
};
