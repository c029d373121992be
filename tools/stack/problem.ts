/** Something the user can put right: said in one sentence and what to do, never as a stack trace. */
export class Problem extends Error {
  readonly advice: string;

  constructor(sentence: string, advice = '') {
    super(sentence);
    this.name = 'Problem';
    this.advice = advice;
  }
}
