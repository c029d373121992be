import type { GameSettings } from './situation.ts';

/** What a game gives `start_matchmaking`. */
export interface MatchmakerData {
  readonly query?: string;
  readonly string_properties?: Record<string, string>;
}

/** The game's own wishes, and the version: the same is asked of others. */
export function ticketOf({ minPlayers, maxPlayers, clientVersion }: GameSettings, data: MatchmakerData) {
  const own = clientVersion === '' ? [] : [`+properties.client_version:${clientVersion}`];
  const properties = clientVersion === '' ? {} : { client_version: clientVersion };
  return {
    query: [...(data.query ? [data.query] : []), ...own].join(' ') || '*',
    max_count: maxPlayers,
    min_count: minPlayers,
    numeric_properties: {},
    string_properties: { ...data.string_properties, ...properties },
  };
}
