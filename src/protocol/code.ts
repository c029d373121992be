// The short name of a room, which players say to each other.

/**
 * No vowels, so that no code is a word; no figures, so that none looks like a letter; of letters that look alike in
 * either case, one at most.
 */
export const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

export const CODE_LENGTH = 6;

/** With blanks and dashes, as people write one. */
const MAX_WRITTEN_LENGTH = 32;

/** The code that somebody wrote, in any case, blanks and dashes ignored; null where it is none. */
export function codeIn(written: string): string | null {
  if (written.length > MAX_WRITTEN_LENGTH) return null;
  const code = written.replace(/[\s\-‐-―]/g, '').toUpperCase();
  const isCode = code.length === CODE_LENGTH && [...code].every((letter) => CODE_LETTERS.includes(letter));
  return isCode ? code : null;
}

/** A code from random bytes, all codes equally likely; null where too many of the bytes are of no use. */
export function codeFrom(bytes: readonly number[]): string | null {
  const letters = CODE_LETTERS.length;
  const even = bytes.filter((byte) => byte < Math.floor(256 / letters) * letters);
  if (even.length < CODE_LENGTH) return null;
  return even
    .slice(0, CODE_LENGTH)
    .map((byte) => CODE_LETTERS[byte % letters])
    .join('');
}
