import { contextWith, nkWith, onlyWith, recordingLogger } from '../../../kit/match/nk.ts';
import { person } from '../../../kit/room/foundings.ts';
import { deliver } from '../../../src/nakama/match/deliver.ts';
import type { Dialect } from '../../../src/protocol/dialects/dialect.ts';
import type { Seat } from '../../../src/room/seats/seat.ts';
import type { Out } from '../../../src/room/step.ts';

const [a, b, c] = ['a', 'b', 'c'].map(person) as [Seat, Seat, Seat];
const presenceOf = (id: string) => ({ user_id: `user-${id}`, session_id: id, username: `name-${id}` });
/** Nobody is sent to because they are in it. */
const STREAM = { mode: 6 };

/** What goes out of a match, in its order. */
function delivered(out: readonly Out[], failing: (envelope: object) => boolean = () => false) {
  const sent: unknown[][] = [];
  const { logger, lines } = recordingLogger();
  const nk = nkWith({
    base64Encode: (data: string | ArrayBuffer) =>
      typeof data === 'string' ? `base64 of ${data}` : `base64 of ${data.byteLength} bytes`,
    streamSendRaw: (stream: object, envelope: object, to: object[]) => {
      if (failing(envelope)) throw new Error('no such session');
      sent.push([stream, envelope, to]);
    },
  });
  const dispatcher = onlyWith('dispatcher', {
    matchKick: (presences: object[]) => sent.push(['kick', presences]),
  }) as unknown as nkruntime.MatchDispatcher;
  deliver({ id: 'uuid.node', label: () => '', ctx: contextWith(), nk, logger, dispatcher }, out);
  return { sent, lines };
}

test('a 9001 goes to its one target with the bytes that came and the sender as they are', () => {
  const { sent } = delivered([
    { type: 'data', to: b, from: a, opCode: 9001, reliable: true, payload: 'eyJ9' },
  ]);
  const match_data = {
    match_id: 'uuid.node',
    op_code: 9001,
    data: 'eyJ9',
    reliable: true,
    presence: presenceOf('a'),
  };
  expect(sent).toEqual([[STREAM, { match_data }, [{ sessionId: 'b', nodeId: 'node' }]]]);
});

test('a 9002 and a 9003 come from nobody', () => {
  const { sent } = delivered([
    { type: 'join-success', to: a, dialect: 'A', players: [{ ...a, peerId: 1 }], clientVersion: 'dev' },
    { type: 'join-error', to: a, dialect: 'A', code: 'busy', reason: 'Why.' },
  ]);
  expect(sent.map(([, envelope]) => envelope)).toEqual([
    {
      match_data: expect.objectContaining({
        op_code: 9002,
        data: expect.stringContaining('"client_version":"dev"'),
      }),
    },
    { match_data: expect.objectContaining({ op_code: 9003, data: expect.stringContaining('"target":"a"') }) },
  ]);
  expect(JSON.stringify(sent)).not.toContain('presence');
});

test('dialects have their own numbers and encodings', () => {
  const out = (dialect: Dialect): Out[] => [
    { type: 'join-success', to: a, dialect, players: [{ ...a, peerId: 1 }], clientVersion: 'dev' },
    { type: 'join-error', to: a, dialect, code: 'busy', reason: 'Why.' },
  ];
  const dataIn = (dialect: Dialect) =>
    delivered(out(dialect)).sent.map(([, envelope]) => (envelope as { match_data: object }).match_data);
  expect(dataIn('R')).toMatchObject([
    { op_code: 9004, data: expect.stringContaining('"client_version":"dev"') },
    { op_code: 9003, data: expect.stringContaining('"target":"a"') },
  ]);
  expect(dataIn('C')).toMatchObject([
    { op_code: 9002, data: expect.stringContaining(' of \x01\0\0\0\x01\0\0\0a') },
    { op_code: 9003, data: expect.stringContaining(' of \x01\0\0\0a') },
  ]);
});

test('presences go as an event of the match', () => {
  const { sent } = delivered([{ type: 'presences', to: a, joins: [b], leaves: [c] }]);
  const match_presence_event = { match_id: 'uuid.node', joins: [presenceOf('b')], leaves: [presenceOf('c')] };
  expect(sent).toEqual([[STREAM, { match_presence_event }, [{ sessionId: 'a', nodeId: 'node' }]]]);
});

test('a kick goes through the dispatcher', () => {
  const presence = { userId: 'user-a', sessionId: 'a', username: 'name-a', node: 'node' };
  expect(delivered([{ type: 'kick', to: { ...a, peerId: 1 } as Seat }]).sent).toEqual([['kick', [presence]]]);
});

test('all goes out in its order, and what fails is logged and hinders nothing else', () => {
  const out = [
    { type: 'data', to: a, from: b, opCode: 9001, reliable: true, payload: '1' },
    { type: 'data', to: b, from: a, opCode: 9001, reliable: true, payload: '2' },
    { type: 'kick', to: a },
  ] as const;
  const { sent, lines } = delivered(out, (envelope) => JSON.stringify(envelope).includes('"1"'));
  expect(sent.map(([first]) => first)).toEqual([STREAM, 'kick']);
  expect(lines).toEqual(['error: could not deliver data to session a: Error: no such session']);
});

test('nothing is sent where nothing is to be sent: no recipients would mean everybody', () => {
  expect(delivered([]).sent).toEqual([]);
});
