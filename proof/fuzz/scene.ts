import { base64Of } from '../../kit/players/wire.ts';

/** What a scene needs of the server it is set on; what takes time on a real one gives a promise there. */
export interface Stage<Session extends { readonly id: string }> {
  readonly attackers: readonly Session[];
  readonly guards: readonly Session[];
  /** Sends a request and lets the server do all there is to do. */
  send(who: Session, envelope: object): unknown;
  /** Match ids that this session was told of, the latest last. */
  matchesOf(who: Session): readonly string[];
  /** A room of the game's backend; its id, or a promise of it. */
  createForBackend(payload: string): unknown;
  pass(seconds: number): unknown;
}

type Six<T> = [T, T, T, T, T, T];

/**
 * Six rooms with guards and attackers, whose match ids are given back: 0 has two guards and no seat left; 1 has a
 * guard for its host, and members who attack; 2 was adopted, and its host attacks; 3 was matched; 4 speaks
 * dialect R; 5, dialect C, waits empty. Yields whatever has to be waited for.
 */
export function* setScene<Session extends { readonly id: string }>(
  { attackers, guards, send, matchesOf, createForBackend, pass }: Stage<Session>,
  variant: number,
): Generator<unknown, string[], unknown> {
  const [a0, a1, a2, a3, a4, a5] = attackers as readonly Session[] as Six<Session>;
  const [g0, g1, g2, g3, g4, g5, g6] = guards as readonly Session[] as [...Six<Session>, Session];
  function* join(matchId: string, whom: readonly Session[], metadata = {}) {
    for (const who of whom) yield send(who, { match_join: { match_id: matchId, metadata } });
  }
  function* create(who: Session, request: object): Generator<unknown, string, unknown> {
    yield send(who, { rpc: { id: 'create_online_match', payload: JSON.stringify(request) } });
    return matchesOf(who).at(-1) ?? '';
  }
  const say = (who: Session, matchId: string, op: number, content: object) => {
    const bytes = base64Of(JSON.stringify(content));
    return send(who, { match_data_send: { match_id: matchId, op_code: String(op), data: bytes } });
  };

  const full = yield* create(g0, { max_players: 2 });
  yield* join(full, [g0, g1]);

  const mixed = yield* create(g2, { max_players: 6, dialect: dialectOfMixed(variant) });
  yield* join(mixed, [g2], { online_match: '1' });
  yield* join(mixed, [g3, a1]);
  yield* join(mixed, [a2], { online_match: '1' });

  yield send(a0, { match_create: {} });
  const adopted = matchesOf(a0).at(-1) ?? '';
  yield* join(adopted, [a1, a5, g4]);
  const players = [a0, a1, a5, g4].map(({ id }, index) => [
    id,
    { session_id: id, username: 'p', peer_id: index + 1 },
  ]);
  if (variant % 4 !== 3) {
    yield say(a0, adopted, 9002, { client_version: 'dev', players: Object.fromEntries(players) });
  }

  const query = `+properties.scene:s${variant}`;
  const wish = {
    min_count: 3,
    max_count: 3,
    query,
    string_properties: { scene: `s${variant}`, client_version: 'dev' },
  };
  for (const who of [g5, g6, a3]) yield send(who, { matchmaker_add: wish });
  yield pass(2);
  const matched = matchesOf(g5).at(-1) ?? '';
  yield* join(matched, [g5, g6, a3]);
  yield say(g6, matched, 9001, {
    method: 'set_remote_description',
    target: g5.id,
    type: 'offer',
    sdp: 'v=0',
  });

  const ofR = yield* create(a4, { dialect: 'R' });
  yield* join(ofR, [a4, a2]);
  for (const who of [a4, a2]) yield say(who, ofR, 9002, { client_version: 'dev', spectator: false });

  return [full, mixed, adopted, matched, ofR, (yield createForBackend('{"dialect":"C"}')) as string];
}

/** Pairs of guards who must be able to talk whatever is done to them: by room and by guard. */
export const PAIRS = [
  { room: 0, from: 0, to: 1 },
  { room: 1, from: 2, to: 3 },
  { room: 3, from: 5, to: 6 },
] as const;

/**
 * What one guard of a pair says to the other, in the dialect of the pair's room; `mark` tells it from any other.
 * Candidates have the larger budget.
 */
export function wordBetweenGuards(
  method: 'reconnect' | 'candidate',
  { room, variant, target, mark }: { room: number; variant: number; target: string; mark: number },
): string {
  if (room !== 1 || dialectOfMixed(variant) === 'A') {
    const name = `candidate:${mark}`;
    const candidate = { method: 'add_ice_candidate', target, media: '0', index: 0, name };
    return base64Of(JSON.stringify(method === 'candidate' ? candidate : { method, target, mark }));
  }
  const [length, argument] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeInt32LE(target.length);
  argument.writeInt32LE(mark);
  // The number of the method, and one argument, an Int32.
  const number = Buffer.of(method === 'candidate' ? 1 : 2);
  return base64Of(Buffer.concat([number, length, Buffer.from(target), Buffer.of(1, 9), argument]));
}

function dialectOfMixed(variant: number): 'A' | 'C' {
  return variant % 3 === 2 ? 'C' : 'A';
}

/** Sets a scene where nothing has to be waited for. */
export function atOnce<T>(scene: Generator<unknown, T, unknown>): T {
  for (let step = scene.next(); ; step = scene.next(step.value)) if (step.done) return step.value;
}

export async function inTime<T>(scene: Generator<unknown, T, unknown>): Promise<T> {
  for (let step = scene.next(); ; step = scene.next(await step.value)) if (step.done) return step.value;
}
