/** The code or match id in a link to a room, or in what somebody typed: it alone is as good. */
export function matchIdIn(text: string): string {
  const [, hash] = /#(.*)$/s.exec(text) ?? [];
  return (hash ?? text).trim();
}

/** This page's address with a code, for others to open. */
export function linkTo(code: string, page: string): string {
  return `${page.replace(/#.*$/s, '')}#${code}`;
}
