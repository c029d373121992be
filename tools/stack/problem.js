// @ts-check

/** Something the user can put right: said in one sentence and what to do, never as a stack trace. */
export class Problem extends Error {
  /** @param {string} sentence @param {string} [advice] */
  constructor(sentence, advice = '') {
    super(sentence);
    this.name = 'Problem';
    /** @readonly */
    this.advice = advice;
  }
}

/** What went wrong: a sentence and what to do; a stack only where the fault is ours. @param {unknown} error */
export function tell(error) {
  if (!(error instanceof Problem)) {
    console.error(error);
    return;
  }
  console.error(`\n✗ ${error.message}`);
  if (error.advice) console.error(`  ${error.advice}`);
}
