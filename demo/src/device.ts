/** What the player has to play with. */

const TOUCHES = '(any-pointer: coarse)';
const HOVERS = '(any-pointer: fine)';

/** How one moves, for those who can do so. */
export function howToMove(): string {
  const [touches, points] = [matchMedia(TOUCHES).matches, matchMedia(HOVERS).matches];
  if (touches && !points) return 'Drag your disc with a finger.';
  const keys = 'Arrow keys or W A S D move you once the arena is clicked';
  return touches ? `${keys}; or drag your disc.` : `${keys}; or drag with the mouse.`;
}

/** Whether another window of this page is at hand. */
export function hasWindows(): boolean {
  return matchMedia(HOVERS).matches;
}
