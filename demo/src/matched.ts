const KEY = 'tag.matched';

/** Notes for a reload of this tab that the matchmaker made this match, into which nobody else can come. */
export function noteMatched(matchId: string): void {
  try {
    sessionStorage.setItem(KEY, matchId);
  } catch {}
}

export function isMatched(matchId: string): boolean {
  try {
    return sessionStorage.getItem(KEY) === matchId;
  } catch {
    return false; // The browser keeps nothing for this page.
  }
}
