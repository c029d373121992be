/** The word that needs the fewest letters changed, added or taken out to become `given`: by Levenshtein's distance. */
export function nearest(given: string, words: readonly string[]): string {
  const distances = words.map((word) => distance(given, word));
  return words[distances.indexOf(Math.min(...distances))] ?? '';
}

function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(kept, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    above = row;
  }
  return above[b.length] as number;
}
