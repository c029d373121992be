import type { Socket } from '@heroiclabs/nakama-js';
import { type PropertyValue, propertyFields } from '../../../src/protocol/properties.ts';
import type { Listed } from '../../../src/protocol/rpcs/get-online-match.ts';
import {
  decodeList,
  encodeListRequest,
  type Range,
  type WantedFields,
} from '../../../src/protocol/rpcs/list-online-matches.ts';
import { ask } from './ask.ts';
import { type CallOptions, call } from './call.ts';
import { OnlineMatchError } from './errors.ts';
import type { NewMatch } from './new-match.ts';
import type { Properties } from './properties.ts';

/** Which matches are wanted, exactly; besides these, only those of the own client version. */
export interface MatchFilters {
  readonly name?: string | undefined;
  readonly hasPassword?: boolean | undefined;
  /** At least so many; 1. */
  readonly openSeats?: number | undefined;
  /** Each must be there: with this very value, or a number within bounds, `{ min: 3, max: 5 }`. */
  readonly properties?: Readonly<Record<string, PropertyValue | Range>> | undefined;
}

export interface ListRequest extends MatchFilters {
  /** So many matches at most, from 1 to 100; 20. */
  readonly pageSize?: number | undefined;
}

export interface QuickPlayRequest extends Omit<MatchFilters, 'hasPassword'> {
  /** What a new match shall be besides what the filters name. */
  readonly create?: NewMatch | undefined;
}

/** A match of a list, as it was up to two seconds ago. */
export interface ListedMatch extends Omit<Listed, 'properties'> {
  readonly properties: Properties;
}

/** The filters as fields on the wire. */
export function wantedFields(filters: MatchFilters, clientVersion: string): WantedFields {
  const { name, hasPassword, openSeats, properties } = filters;
  return {
    client_version: clientVersion,
    announced: true,
    ...(name !== undefined && { name }),
    ...(hasPassword !== undefined && { has_password: hasPassword }),
    ...(openSeats !== undefined && { open_seats: openSeats }),
    ...(properties !== undefined && { properties }),
  };
}

/** Asks for a page when somebody wants it, until the last one. */
export async function* pagesOf(
  socket: () => Socket,
  wanted: WantedFields,
  pageSize: number | undefined,
  options: CallOptions,
): AsyncGenerator<readonly ListedMatch[], void, undefined> {
  let cursor: string | null = null;
  do {
    const request = encodeListRequest(wanted, pageSize, cursor ?? undefined);
    const answer: string = await call(options, null, (wait) =>
      wait(ask(socket(), 'list_online_matches', request)),
    );
    const page = decodeList(answer);
    if (page === null) throw new OnlineMatchError('unknown', 'The server sent no list. Try again.');
    cursor = page.cursor;
    yield page.matches.map((match) => ({ ...match, properties: propertyFields(match.properties) }));
  } while (cursor !== null);
}
