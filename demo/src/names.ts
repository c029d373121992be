const FIRST =
  'Amber Brave Clever Dapper Eager Fuzzy Gentle Happy Jolly Keen Lucky Merry Noble Plucky Quick Shy Witty';
const LAST =
  'Badger Crane Dingo Falcon Gecko Heron Ibex Koala Lynx Marten Newt Otter Panda Quail Robin Seal Wren';

export function randomName(): string {
  return `${oneOf(FIRST.split(' '))} ${oneOf(LAST.split(' '))}`;
}

const KEY = 'tag.name';

/** The name that was chosen on an earlier visit, so that one has it also where a link leads straight into a room. */
export function rememberedName(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // The browser keeps nothing for this page.
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {}
}

/** Not `crypto.randomUUID()`, which pages without https lack. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function oneOf(list: readonly string[]): string {
  return list[Math.floor(Math.random() * list.length)] ?? '';
}
