import { contextWith, inNewVm, nkWith, recordingLogger, signing } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import type * as Hook from '../../../src/nakama/hooks/matchmaker-matched.ts';
import type { Room } from '../../../src/room/room.ts';

type Env = Record<string, string>;
const load = () => inNewVm(() => require('../../../src/nakama/hooks/matchmaker-matched.ts') as typeof Hook);

describe('matched players', () => {
  const entry = (sessionId: string, properties: object = {}) => ({
    presence: { sessionId, userId: `user-${sessionId}`, username: `name-${sessionId}`, node: 'node' },
    properties: { online_match_version: 'v', online_match_min: 2, online_match_max: 4, ...properties },
  });

  /** The answer of the hook, and the terms of the room that it makes. */
  function match(entries: object[], matchCreate?: () => string, env: Env = {}) {
    const terms: unknown[] = [];
    const { logger, lines } = recordingLogger();
    const create = (_handler: string, params: { new_match: string }) => {
      const { rules, version, founding } = JSON.parse(params.new_match).state.room as Room;
      terms.push({ minPlayers: rules.minPlayers, maxPlayers: rules.maxPlayers, version, founding });
      return 'uuid.node';
    };
    const { parts, counts } = recordingMetrics();
    const nk = nkWith({ matchCreate: matchCreate ?? create, ...parts, ...signing() });
    const results = entries as unknown as nkruntime.MatchmakerResult[];
    const id = load().matchmakerMatched(contextWith({ env }), logger, nk, results);
    return { id, terms: terms[0] as Record<string, unknown> | undefined, lines, counts };
  }

  test('get a room with the largest minimum, the smallest maximum and an invitation each', () => {
    const { id, terms } = match([
      entry('b', { online_match_min: 3, online_match_max: 8, client_version: '1.0' }),
      entry('a', { online_match_max: 6, client_version: '1.0' }),
      entry('c', { client_version: '1.0', online_match_max: 5 }),
    ]);
    expect(id).toBe('uuid.node');
    expect(terms).toMatchObject({
      minPlayers: 3,
      maxPlayers: 5,
      version: '1.0',
      founding: { kind: 'matched' },
    });
    expect(terms?.founding).toMatchObject({
      absent: [],
      invitations: ['a', 'b', 'c'].map((sessionId, index) => ({
        sessionId,
        userId: `user-${sessionId}`,
        username: `name-${sessionId}`,
        peerId: index + 1,
        version: '1.0',
      })),
    });
  });

  test('all have a seat even if a ticket wanted fewer', () => {
    expect(match([entry('a', { online_match_max: 2 }), entry('b'), entry('c')]).terms).toMatchObject({
      maxPlayers: 3,
      version: null,
    });
  });

  test('get a room whatever a ticket claims that a game’s own hook let in', () => {
    const claims = { client_version: 7, online_match_min: 99, online_match_max: 'x' };
    const { id, terms } = match([entry('a', claims), entry('b', { online_match_max: Number.NaN })]);
    expect(id).toBe('uuid.node');
    expect(terms).toMatchObject({ minPlayers: 2, maxPlayers: 16, version: null });
  });

  test('with a ticket among them that was not adopted get none of these rooms', () => {
    expect(match([entry('a'), entry('b', { online_match_version: undefined })]).id).toBeUndefined();
  });

  test('get none when switched off, though their tickets say otherwise', () => {
    const env = { ONLINE_MATCH_ADOPT_MATCHMAKER: 'off' };
    expect(match([entry('a'), entry('b')], undefined, env).id).toBeUndefined();
  });

  test('get a relayed match when no room can be made, and that is logged and counted', () => {
    const failing = () => {
      throw new Error('no more matches');
    };
    const { id, lines, counts } = match([entry('a'), entry('b')], failing);
    expect(id).toBeUndefined();
    expect(counts).toEqual({ 'online_match_rooms_not_made_total{way=matchmaker,why=failure}': 1 });
    expect(lines).toEqual([
      'error: no room for 2 matched players, they get a relayed match: Error: no more matches',
    ]);
  });
});
