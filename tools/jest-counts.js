import { writeFileSync } from 'node:fs';

/** A jest reporter that leaves the run's counts in the file RESULT_FILE, for the closing line of `npm test`. */
export default class Counts {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    // A file that cannot be loaded has no failed test in it, and yet it failed.
    const counts = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
    writeFileSync(process.env.RESULT_FILE, JSON.stringify(counts));
  }
}
