// The bundle evaluates most code, in parts, when one of its functions is first called, and forgets what a resting
// match did not call for a while: tools/bundle/closure.js puts this file in front of the rest and adds `evaluate`.
// Elsewhere all code is there all the time, and nothing is ever forgotten.

type Part = { readonly [name: string]: (...args: never) => unknown };

declare function evaluate(name: string): Part;

/** The parts that were called since the last time that forgetUnused ran, and those called before it. */
let recent: { [name: string]: Part } | null = null;
let older: { [name: string]: Part } | null = null;

export function part(name: string): Part {
  recent ??= {};
  const found = recent[name] ?? older?.[name] ?? evaluate(name);
  recent[name] = found;
  return found;
}

export function forgetUnused(): void {
  const isForgetting = older !== null;
  older = recent;
  recent = null;
  if (isForgetting) overwriteFrames(20);
}

/** Goja keeps what a try statement saw that has ended, until another one takes its place on the stack. */
function overwriteFrames(depth: number): void {
  try {
    if (depth > 0) overwriteFrames(depth - 1);
  } finally {
  }
}
