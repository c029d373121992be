import { common } from './jest.config.js';

/** `npm run test:godot`: the addon in real Godots. */
export default {
  ...common,
  // Games mostly wait: for links that fail, for sockets that are dead.
  maxWorkers: 2,
  testMatch: ['<rootDir>/test/clients/godot/**/*.test.ts'],
  testTimeout: 120_000,
};
