/** What is wrong with the texts that a page shows; empty where each can be read. Runs in the page. */
export function textMistakes(): string[] {
  const mistakes: string[] = [];
  const width = document.documentElement.clientWidth;
  const layer = document.querySelector('dialog[open]') ?? document.body;
  const shown: { text: string; parent: Element; boxes: DOMRect[] }[] = [];

  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (parent === null || text === '' || !isShown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const all = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const boxes = all.flatMap((box) => inView(box, parent, text));
    if (boxes.length > 0) shown.push({ text, parent, boxes });
  }
  for (const field of layer.querySelectorAll<HTMLSelectElement | HTMLInputElement>(
    'select, input[placeholder]',
  ))
    if (isShown(field)) measureField(field);
  for (const [index, one] of shown.entries()) for (const other of shown.slice(index + 1)) compare(one, other);
  for (const one of shown) lookForCover(one);
  return mistakes;

  function isShown(element: Element): boolean {
    if (element.closest('.unseen, template, option, script, style')) return false;
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }

  /** The part of a text's box that is not scrolled away; tells of what nobody can scroll to. */
  function inView(box: DOMRect, parent: Element, text: string): DOMRect[] {
    if (box.left < -1 || box.right > width + 1) mistakes.push(`beyond the screen: ${text}`);
    let seen = box;
    for (let outer: Element | null = parent; outer !== null; outer = outer.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(outer);
      if (
        outer === document.documentElement ||
        outer === document.body ||
        display === 'inline' ||
        display === 'contents'
      )
        continue;
      if (outer instanceof SVGElement && !(outer instanceof SVGSVGElement)) continue;
      const [isCutX, isCutY] = [isHidden(overflowX), isHidden(overflowY)];
      const frame = outer.getBoundingClientRect();
      const isOutX = seen.left < frame.left - 1 || seen.right > frame.right + 1;
      const isOutY = seen.top < frame.top - 1 || seen.bottom > frame.bottom + 1;
      if ((isCutX && isOutX) || (isCutY && isOutY)) mistakes.push(`cut: ${text}`);
      else if (
        outer.matches('button, .card, .badge, dialog') &&
        (isOutX || (isOutY && overflowY === 'visible'))
      )
        mistakes.push(`out of its ${outer.localName}: ${text}`);
      if (overflowY === 'auto' || overflowY === 'scroll') {
        const [top, bottom] = [Math.max(seen.top, frame.top), Math.min(seen.bottom, frame.bottom)];
        if (bottom <= top) return [];
        seen = new DOMRect(seen.x, top, seen.width, bottom - top);
      }
    }
    return [seen];
  }

  function isHidden(overflow: string): boolean {
    return overflow === 'hidden' || overflow === 'clip';
  }

  /** Whether what a field says by itself has room in it. */
  function measureField(field: HTMLSelectElement | HTMLInputElement): void {
    const style = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const isSelect = field instanceof HTMLSelectElement;
    const text = isSelect ? (field.selectedOptions[0]?.text ?? '') : field.placeholder;
    const arrow = isSelect ? 20 : 0;
    const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - arrow;
    if (pen.measureText(text).width > room) mistakes.push(`cut in its field: ${text}`);
  }

  function compare(one: (typeof shown)[number], other: (typeof shown)[number]): void {
    for (const a of one.boxes) {
      for (const b of other.boxes) {
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of a text touch, since their boxes have room for letters that they have not.
        if (x > 2 && y > Math.min(a.height, b.height) / 4) {
          mistakes.push(`overlap: ${one.text} | ${other.text}`);
          return;
        }
      }
    }
  }

  /** Whether something else lies over the middle of a text, as far as it is on the screen. */
  function lookForCover({ text, parent, boxes }: (typeof shown)[number]): void {
    for (const box of boxes) {
      for (const over of document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)) {
        if (over.contains(parent) || parent.contains(over) || parent instanceof SVGElement) break;
        if (/^rgba\(.*, 0\)$/.test(getComputedStyle(over).backgroundColor)) continue;
        mistakes.push(`covered by ${over.localName}#${over.id}: ${text}`);
        break;
      }
    }
  }
}
