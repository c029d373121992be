/** Something that should not have happened: while what, a code to count it by, and what was said. */
export interface Trouble {
  readonly step: Step;
  readonly code: string;
  readonly sentence: string;
}

export type Step =
  | 'sign in'
  | 'connect'
  | 'matchmake'
  | 'create'
  | 'join'
  | 'learn players'
  | 'signal'
  | 'stay'
  | 'leave'
  | 'worker';

/** A trouble on its way up. */
export class Troubled extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.sentence);
  }
}

export function trouble(step: Step, code: string, sentence: string): Troubled {
  return new Troubled({ step, code, sentence });
}

/** Runs a step; whatever it rejects with becomes a trouble of that step. */
export async function during<T>(step: Step, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Troubled ? error : new Troubled({ step, ...(await described(error)) });
  }
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Troubled) return error.trouble;
  return { step: 'worker', code: 'fault', sentence: String((error as Error)?.stack ?? error) };
}

type Described = Pick<Trouble, 'code' | 'sentence'>;

/** nakama-js rejects with texts, with the server's answer over HTTP, with its error on the socket, with events. */
async function described(error: unknown): Promise<Described> {
  if (typeof error === 'string')
    return { code: /timed? out/.test(error) ? 'timed-out' : 'closed', sentence: error };
  if (error instanceof Response) {
    const answer = (await error.json().catch(() => null)) as { message?: string } | null;
    return coded(answer?.message ?? error.statusText, `http-${error.status}`);
  }
  const { message, cause } = error as { message?: unknown; cause?: { code?: unknown; message?: unknown } };
  if (typeof cause?.code === 'string') return { code: cause.code, sentence: String(cause.message) };
  return coded(String(message ?? error), 'error');
}

/** The module's refusals are `code: sentence`. */
function coded(message: string, otherwise: string): Described {
  const [, code, sentence] = /^([a-z]+(?:-[a-z]+)*): (.+)$/s.exec(message) ?? [];
  return code !== undefined && sentence !== undefined
    ? { code, sentence }
    : { code: otherwise, sentence: message };
}
