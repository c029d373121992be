import { common } from './jest.config.js';

/** `npm run test:proof`: short runs of bots, chaos and fuzz on real servers, which have the machine to themselves. */
export default {
  ...common,
  maxWorkers: 1,
  testMatch: ['<rootDir>/proof/**/*.proof.ts'],
};
