/** The name under which the match handler is registered. */
export const HANDLER = 'online_match';

/** The parameter with which a match is made as it shall be, in JSON: as an object Nakama would refuse its nulls. */
export const NEW_MATCH = 'new_match';
