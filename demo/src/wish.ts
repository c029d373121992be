import type { NewMatch } from '../../clients/web/src/index.ts';

/** What a player asks for. */
export type Wish =
  | { readonly kind: 'quick' }
  | { readonly kind: 'create'; readonly room: NewMatch }
  | { readonly kind: 'matchmake' }
  /** By an id or a code. */
  | { readonly kind: 'join'; readonly matchId: string; readonly password?: string }
  /** Back to where the page was before it was loaded again. */
  | { readonly kind: 'resume'; readonly matchId: string };
