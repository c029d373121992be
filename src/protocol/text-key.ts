/** Whether it is a text that can be written as UTF-8: half a surrogate pair cannot. */
export function isText(value: unknown, maxLength: number): value is string {
  if (typeof value !== 'string' || value.length > maxLength) return false;
  try {
    encodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * A letter and the hex of the text's UTF-8: a word that means the same in a Nakama query as in a property. As they
 * are, dates never match there, `*` matches too much, and a colon is an error.
 */
export function keyOfText(letter: string, text: string): string {
  const hex = encodeURIComponent(text).replace(/%(..)|(.)/g, (_, byte?: string, char?: string) =>
    byte === undefined ? (char ?? '').charCodeAt(0).toString(16) : byte.toLowerCase(),
  );
  return `${letter}${hex}`;
}

/** The text that a key stands for. */
export function textOfKey(key: string): string {
  return decodeURIComponent(key.slice(1).replace(/../g, '%$&'));
}
