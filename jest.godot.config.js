import { common } from './jest.config.js';

/** `npm run test:godot`: the addon in real Godots. */
export default {
  ...common,
  // One file at a time: a room of eight is eight engines.
  maxWorkers: 1,
  testMatch: ['<rootDir>/test/clients/godot/**/*.test.ts'],
  testTimeout: 120_000,
};
