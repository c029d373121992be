/** The element of this id, of this kind; the page is broken where it has none. */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${kind.name} #${id}`);
}

/** What a template, or a part of the page, must have. */
export function part(parent: ParentNode, selector: string): HTMLElement {
  return parent.querySelector<HTMLElement>(selector) as HTMLElement;
}

/** Leaves an element alone that says it already: screen readers read every change aloud. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A player's colour, the same on every screen. */
export function colourOf(peerId: number): string {
  return `--p${Math.max(peerId - 1, 0) % 8}`;
}
