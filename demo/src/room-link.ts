/** The match id in a link to a room, or in what somebody pasted: the id alone is as good. */
export function matchIdIn(text: string): string {
  const [, hash] = /#(.*)$/s.exec(text) ?? [];
  return (hash ?? text).trim();
}

/** This page's address with a match id, for others to open. */
export function linkTo(matchId: string, page: string): string {
  return `${page.replace(/#.*$/s, '')}#${matchId}`;
}
