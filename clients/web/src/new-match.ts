import { type CreateRequest, createRequestFields } from '../../../src/protocol/rpcs/create-online-match.ts';
import { type Properties, propertiesFrom } from './properties.ts';
import type { Settings } from './settings.ts';

/** What a new match shall be. */
export interface NewMatch {
  /** For people, in lists; at most 64 characters. */
  readonly name?: string | undefined;
  /** `public` is listed, and found by quick play; `private`, where nothing is said, by id, code and invitation. */
  readonly visibility?: 'private' | 'public' | undefined;
  /** By which it is chosen in lists. */
  readonly properties?: Properties | undefined;
  /** Who has it comes in, and who was invited; 1 to 64 characters. */
  readonly password?: string | undefined;
  /** Instead of the option. */
  readonly minPlayers?: number | undefined;
  /** Instead of the option. */
  readonly maxPlayers?: number | undefined;
  /** When the host is gone, another one (`migrate`) or nobody new (`close`); `migrate`. */
  readonly onHostLeft?: 'migrate' | 'close' | undefined;
  /** In a `star` players are linked to the host alone, and nobody else learns their address; `mesh`. */
  readonly topology?: 'mesh' | 'star' | undefined;
}

/** Where a match is: what `joinMatch` takes, and what players tell each other. */
export interface MadeMatch {
  readonly matchId: string;
  /** Six letters. */
  readonly code: string;
}

/** What create_online_match is asked for, as fields on the wire. Throws `bad-request`. */
export function newMatchFields(wish: NewMatch, settings: Settings): object {
  const request: Partial<CreateRequest> = {
    minPlayers: wish.minPlayers ?? settings.minPlayers,
    maxPlayers: wish.maxPlayers ?? settings.maxPlayers,
    clientVersion: settings.clientVersion,
    ...(wish.name !== undefined && { name: wish.name }),
    ...(wish.visibility !== undefined && { visibility: wish.visibility }),
    ...(wish.properties !== undefined && { properties: propertiesFrom(wish.properties) }),
    ...(wish.password !== undefined && { password: wish.password }),
    ...(wish.onHostLeft !== undefined && { onHostLeft: wish.onHostLeft }),
    ...(wish.topology !== undefined && { topology: wish.topology }),
  };
  return createRequestFields(request);
}
