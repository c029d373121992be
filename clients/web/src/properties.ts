import {
  PROPERTIES_ALLOWED,
  type Property,
  type PropertyValue,
  propertiesIn,
} from '../../../src/protocol/properties.ts';
import { canBeSaid, MAX_STATUS_BYTES } from '../../../src/protocol/status.ts';
import { OnlineMatchError } from './errors.ts';

/**
 * What a room, or a player, says of itself: `{ mode: 'duel', level: 5, ranked: true }`. At most 8 keys of a-z, 0-9 and
 * _ (32 characters), with texts (64 characters), numbers within 2⁵³ with at most six decimals, true or false.
 */
export type Properties = Readonly<Record<string, PropertyValue>>;

/** As the protocol has them. Throws `bad-request` where they are not as they must be. */
export function propertiesFrom(given: Properties): readonly Property[] {
  const properties = propertiesIn(given);
  if (properties === null)
    throw new OnlineMatchError('bad-request', `Properties must be ${PROPERTIES_ALLOWED}.`);
  return properties;
}

/** The same of a player, who says them in one message: the server drops what is too long without an answer. */
export function ownPropertiesFrom(given: Properties): readonly Property[] {
  const properties = propertiesFrom(given);
  if (!canBeSaid(properties))
    throw new OnlineMatchError(
      'bad-request',
      `Properties of a player must fit into ${MAX_STATUS_BYTES} bytes of JSON, with few quotes, commas and brackets.`,
    );
  return properties;
}
