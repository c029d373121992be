/** What a hostile member says to a player with the library, to pass for the server or for an addon's host. */
export const EVIL_TURN = { urls: ['turn:127.0.0.1:9'], username: 'evil', credential: 'evil' };

interface Message {
  readonly opCode: number;
  readonly content: object;
}

/** A 9010 with the attacker's TURN server, a 9002 with a player who is not there, and a 9003, in this order. */
export function forgedFor(victimId: string, attackerId: string): readonly Message[] {
  const players = [attackerId, victimId, 'ghost'].map((session_id, index) => ({
    session_id,
    user_id: '',
    username: 'forged',
    peer_id: index + 1,
  }));
  const room = { you: victimId, players, min_players: 2, max_players: 4, open_seats: 1, connected: true };
  return [
    { opCode: 9010, content: { ...room, ice_servers: [EVIL_TURN], ice_expires_in: null } },
    {
      opCode: 9002,
      content: {
        client_version: 'dev',
        players: Object.fromEntries(players.map((player) => [player.session_id, player])),
      },
    },
    { opCode: 9003, content: { target: victimId, code: 0, reason: 'Go away.', refusal: 'match-sealed' } },
  ];
}
