import { HandFed } from '../../kit/addon/hand-fed.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import { variants } from '../../kit/addon/variants.ts';
import type { Envelope, Presence } from '../../kit/players/wire.ts';

/** What the addon takes badly: a server that does one of these must be found out by the bots. */

const A: Presence = { session_id: 'a', user_id: 'ua', username: 'ann' };
const B: Presence = { session_id: 'b', user_id: 'ub', username: 'bob' };
const C: Presence = { session_id: 'c', user_id: 'uc', username: 'cec' };

const entryOf = ({ session_id, username }: Presence, peer_id: number) => ({ session_id, username, peer_id });
const PEER_IDS: Record<string, number> = { a: 1, b: 2, c: 3 };
const listOf = (...presences: Presence[]) =>
  Object.fromEntries(presences.map((one) => [one.session_id, entryOf(one, PEER_IDS[one.session_id] ?? 0)]));
const success = (...presences: Presence[]) => ({ client_version: 'dev', players: listOf(...presences) });

/** B, who has joined A's match. */
function joined(variant: VariantName, options = {}): HandFed {
  const game = new HandFed(variant, options);
  game.match.joinMatch('m.');
  game.answer({ match: { match_id: 'm.', self: B, presences: [A] } });
  return game;
}

function created(variant: VariantName, options = {}): HandFed {
  const game = new HandFed(variant, options);
  game.match.createMatch();
  game.answer({ match: { match_id: 'm.', self: A } });
  return game;
}

function matched(variant: VariantName): HandFed {
  const game = new HandFed(variant);
  game.match.startMatchmaking();
  game.answer({ matchmaker_ticket: { ticket: 't' } });
  const users = [A, B, C].map((presence) => ({ presence }));
  game.feed({ matchmaker_matched: { ticket: 't', match_id: 'm.', users, self: { presence: B } } });
  game.answer({ match: { match_id: 'm.', self: B, presences: [A, C] } });
  return game;
}

const presences = (joins: Presence[], leaves: Presence[] = []) => ({
  match_presence_event: { match_id: 'm.', joins, leaves },
});

describe.each(['U', 'M', 'X'] as const)('%s', (variant) => {
  test('gives up its match at an error that answers no request', () => {
    const game = joined(variant);
    game.feed({ error: { code: 3, message: 'Invalid match ID' } });
    expect(game.shown).toEqual([variants[variant].texts.socketError]);
  });

  test('leaves at a 9002 without a version, or with another', () => {
    for (const client_version of [undefined, '1.0']) {
      const game = joined(variant);
      game.feedData(9002, { ...success(A, B), client_version });
      expect(game.shown).toEqual(["Client version doesn't match host"]);
      expect(game.sent.at(-1)).toHaveProperty('match_leave');
    }
  });

  test('stumbles over a player without a name', () => {
    const game = joined(variant);
    game.feedData(9002, {
      client_version: 'dev',
      players: { ...listOf(B), a: { ...entryOf(A, 2), username: null } },
    });
    expect(game.faults.join()).toMatch(/Cannot convert null to String/);
  });

  test('stumbles over a 9001 without a sender', () => {
    const game = joined(variant);
    game.feedData(9002, success(B, A));
    game.feedData(9001, { target: 'b', method: 'reconnect' });
    expect(game.faults).toContain('_on_nakama_match_state: session_id of null');
  });

  test('drops an offer of somebody whom it does not know yet, for good', () => {
    const game = joined(variant);
    const offer = { target: 'b', method: 'set_remote_description', type: 'offer', sdp: 'a=ice-ufrag:x' };
    game.feedData(9001, offer, A);
    game.feedData(9002, success(B, A));
    expect(game.sent.filter((envelope) => envelope.match_data_send)).toEqual([]);
  });

  test('complains of candidates before their description', () => {
    const game = joined(variant);
    game.feedData(9002, success(B, A));
    game.feedData(9001, { target: 'b', method: 'add_ice_candidate', media: '0', index: 0, name: 'c' }, A);
    expect(game.faults).toContain('add_ice_candidate c: new');
  });

  test('tells its player twice that the host left, when it hears it twice', () => {
    const game = joined(variant);
    game.feedData(9002, success(B, A));
    game.feed(presences([], [A]));
    game.feed(presences([], [A]));
    expect(game.shown).toEqual(['Host has disconnected', 'Host has disconnected']);
    expect(game.faults).toContain("_webrtc_disconnect_peer: Invalid get index 'a'");
  });

  test('loses the rest of an event with a stranger in it, in a matched game', () => {
    const game = matched(variant);
    game.feed(presences([{ ...C, session_id: 'x' }], [C]));
    expect(game.faults).toContain("_on_nakama_match_presence: Invalid get index 'x'");
    expect([...game.match.now.players.keys()]).toEqual(['a', 'b', 'c']);
  });

  test('cannot take a leave of somebody who never came, and can when they come with it', () => {
    const game = new HandFed(variant);
    const users = [A, B, C].map((presence) => ({ presence }));
    game.match.startMatchmaking();
    game.answer({ matchmaker_ticket: { ticket: 't' } });
    game.feed({ matchmaker_matched: { ticket: 't', match_id: 'm.', users, self: { presence: B } } });
    game.answer({ match: { match_id: 'm.', self: B, presences: [A] } });

    game.feed(presences([C], [C]));
    expect(game.faults).toEqual([]);
    expect([...game.match.now.players.keys()]).toEqual(['a', 'b']);

    const bare = matched(variant);
    bare.match.peers.disconnect(bare.match.now.players.get('c') as never);
    bare.feed(presences([], [C]));
    expect(bare.faults).toContain("_webrtc_disconnect_peer: Invalid get index 'c'");
  });

  test('takes an empty target for itself before it is in', () => {
    const game = new HandFed(variant);
    game.match.joinMatch('m.');
    game.feedData(9003, { target: '', code: 0, reason: 'no' });
    expect(game.shown.length + game.faults.length).toBe(1);
  });
});

test.each(['U', 'M'] as const)('%s refuses who comes too late, and lists them all the same', (variant) => {
  const game = created(variant);
  game.feed(presences([B]));
  game.match.now.state = 'READY';
  game.match.startPlaying();
  game.feed(presences([C]));

  const data = game.sent.flatMap(({ match_data_send: send }) => (send ? [send as { op_code: number }] : []));
  expect(data.map(({ op_code }) => op_code)).toEqual([9002, 9003, 9002]);
});

test.each(['X', 'C', 'R'] as const)('%s refuses who comes too late, and no more', (variant) => {
  const game = created(variant);
  game.match.now.state = 'READY';
  game.match.startPlaying();
  game.feed(presences([C]));

  const data = game.sent.flatMap(({ match_data_send: send }) => (send ? [send as { op_code: unknown }] : []));
  expect(data.map(({ op_code }) => Number(op_code))).toEqual([9003]);
});

test('M stumbles over a 9002 without its own entry', () => {
  const game = joined('M');
  game.feedData(9002, success(A));
  expect(game.faults).toEqual(["_on_nakama_match_state: Invalid get index 'b'"]);
});

test.each(['M', 'X'] as const)(
  '%s fails to create when its own presence comes before the reply',
  (variant) => {
    const game = new HandFed(variant);
    game.match.createMatch();
    game.feed(presences([A]));
    game.answer({ match: { match_id: 'm.', self: A } });
    game.feed({ error: { code: 3, message: 'Invalid match ID' } });
    expect(game.shown).toEqual(['Unable to create WebRTC offer', variants[variant].texts.socketError]);
  },
);

test('U never starts when the 9002 comes before the reply to its join', () => {
  const game = new HandFed('U');
  game.match.joinMatch('m.');
  game.feedData(9002, success(A, B));
  game.answer({ match: { match_id: 'm.', self: B, presences: [A] } });
  expect(game.match.peers.mesh.ownId).toBeNull();
});

test('X shows nothing for a 9003, whose code it looks up as a float', () => {
  const game = joined('X');
  game.feedData(9003, { target: 'b', code: 0, reason: 'Sorry!' });
  expect(game.shown).toEqual([]);
  expect(game.faults).toEqual(["_emit_error: Invalid get index '0.0'"]);
  expect(game.sent.at(-1)).toHaveProperty('match_leave');
});

test.each(['R', 'X'] as const)('%s leaves and shows nothing at a 9003 without a code', (variant) => {
  const game = joined(variant);
  game.feedData(9003, { target: 'b', reason: 'Sorry!' });
  expect(game.shown).toEqual([]);
  expect(game.faults).toEqual(["_emit_error: Invalid get index 'code'"]);
});

test('R asks to be let in when it has joined', () => {
  const request = joined('R').sent[1] as Envelope;
  const { op_code, data } = request.match_data_send as { op_code: number; data: string };
  expect([op_code, JSON.parse(Buffer.from(data, 'base64').toString())]).toEqual([
    9002,
    { client_version: 'dev', spectator: false },
  ]);
});

test('C stumbles over JSON', () => {
  const game = joined('C');
  game.feedData(9002, success(B, A));
  expect(game.faults).toEqual(['_on_nakama_match_state: Unexpected end of the payload']);
});

test('a new match on the same socket is wiped by the late end of the one before', () => {
  const game = joined('U');
  game.match.joinMatch('n.');
  const [, leave] = game.sent;
  game.answer({ match: { match_id: 'n.', self: B } });
  expect(game.match.now.mode).toBe('JOIN');
  game.feed({ cid: leave?.cid ?? '' });
  expect(game.match.now.mode).toBe('NONE');
});
