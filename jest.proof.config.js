import { common } from './jest.config.js';

/** `npm run test:proof`: what takes minutes, and short runs of bots, chaos and fuzz, which have the machine to themselves. */
export default {
  ...common,
  maxWorkers: 1,
  testMatch: ['<rootDir>/proof/**/*.proof.ts', '<rootDir>/test/**/*.proof.ts'],
};
