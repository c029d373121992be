const FIRST =
  'Amber Brave Clever Dapper Eager Fuzzy Gentle Happy Jolly Keen Lucky Merry Noble Plucky Quick Shy Witty';
const LAST =
  'Badger Crane Dingo Falcon Gecko Heron Ibex Koala Lynx Marten Newt Otter Panda Quail Robin Seal Wren';

export function randomName(): string {
  return `${oneOf(FIRST.split(' '))} ${oneOf(LAST.split(' '))}`;
}

const KEY = 'tag.name';

/** The name that this tab plays under, or that was chosen on an earlier visit, so that one has it also where a link leads straight into a room. */
export function rememberedName(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  } catch {
    return null; // The browser keeps nothing for this page.
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {}
  keepName(name);
}

/** For a reload of this tab. */
export function keepName(name: string): void {
  try {
    sessionStorage.setItem(KEY, name);
  } catch {}
}

function oneOf(list: readonly string[]): string {
  return list[Math.floor(Math.random() * list.length)] ?? '';
}
