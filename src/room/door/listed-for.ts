import type { Audience } from '../../protocol/audience.ts';
import type { Visibility } from '../../protocol/label.ts';
import type { Language } from '../room.ts';

/** Whom lists show a room to with open seats: those who can come in, and know what is said there. */
export function listedFor(visibility: Visibility, language: Language | null): readonly Audience[] {
  if (visibility !== 'public') return [];
  switch (language) {
    case 'R':
      return ['r'];
    case 'C':
      return ['c'];
    case 'plain':
      return [];
    default:
      return ['a', 'own'];
  }
}
