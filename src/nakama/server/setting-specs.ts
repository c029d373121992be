import { isVersion, MAX_VERSION_LENGTH } from '../../protocol/version.ts';

/** What one setting may be. */
export interface Spec<T> {
  readonly fallback: T;
  readonly allowed: string;
  readonly parse: (text: string) => T | null;
  readonly isSecret?: true;
}

export function wholeNumber(fallback: number, lowest: number, highest: number): Spec<number> {
  return {
    fallback,
    allowed: `whole numbers from ${lowest} to ${highest}`,
    parse: (given) => {
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      return value >= lowest && value <= highest ? value : null;
    },
  };
}

export function version(fallback: string): Spec<string> {
  return {
    fallback,
    allowed: `texts of at most ${MAX_VERSION_LENGTH} characters`,
    parse: (given) => (isVersion(given) ? given : null),
  };
}

/** The first word is the default. */
export function oneOf<T extends string>(...words: readonly [T, ...T[]]): Spec<T> {
  return {
    fallback: words[0],
    allowed: words.map((word) => JSON.stringify(word)).join(', '),
    parse: (given) => words.find((word) => word === given) ?? null,
  };
}

export function secret(): Spec<string> {
  return {
    fallback: '',
    allowed: 'texts of at most 256 characters',
    parse: (given) => (given.length <= 256 ? given : null),
    isSecret: true,
  };
}

/** Separated by commas. */
export function urls(...schemes: readonly string[]): Spec<readonly string[]> {
  return {
    fallback: [],
    allowed: `urls that begin with ${schemes.join(' or ')}, separated by commas`,
    parse: (given) => {
      const all = given
        .split(',')
        .map((url) => url.trim())
        .filter((url) => url !== '');
      return all.every((url) => schemes.some((scheme) => url.startsWith(scheme))) ? all : null;
    },
  };
}
