import type { Crew } from './crew.ts';

/** One kind of trouble, and what must hold in it and after it. */
export interface Scenario {
  readonly name: string;
  /** What is done, in a sentence for the report. */
  readonly what: string;
  /** It ends the server's process, so that its memory before and after says nothing. */
  readonly endsServer?: true;
  /** It takes the database away. */
  readonly needsDatabase?: true;
  /** Its server has the bounds of `local.yml`, where the others' has what soon gives way. */
  readonly isAsShipped?: true;
  /** Throws what does not hold. Whatever it leaves behind is gone when its bots are. */
  run(crew: Crew): Promise<void>;
}
