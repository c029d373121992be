import { common } from './jest.config.js';

/** `npm run test:networks`: most of its time is waiting for the networks that are played. */
export default {
  ...common,
  maxWorkers: 3,
  testMatch: ['<rootDir>/proof/networks/**/*.networks.ts'],
  testTimeout: 900_000,
};
