import { adoptedBy, created, matched, RULES } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { RoomEvent } from '../../../src/room/events.ts';

function grantOf(peerIds: Record<string, number>) {
  const players = Object.entries(peerIds).map(([sessionId, peerId]) => ({
    sessionId,
    peerId,
    spectator: false,
  }));
  return { type: 'join-success', clientVersion: 'dev', players } as const;
}

/** A message whose reading is a mistake. */
const unread = (from: string, message: object = {}): RoomEvent => ({
  type: 'messaged',
  message: {
    ...{
      from,
      opCode: 9001,
      bytes: 5,
      isJson: true,
      recipients: null,
      reliable: false,
      payload: 'x',
      firstByte: () => 0,
      msUntilNodePasses: () => 0,
      ...message,
    },
    read: () => {
      throw new Error('it was read');
    },
  },
});

/** The room after messages that it may not read. */
function afterUnread(room: RoomDriver, ...messages: Parameters<typeof unread>[]): RoomDriver {
  for (const message of messages) room.happen(unread(...message));
  return room;
}

describe('what a room speaks', () => {
  const speakers = () => roomDriver(adoptedBy('h')).hear('h').enter('b', 'c');

  test('stays what whoever made the room by RPC said', () => {
    const room = roomDriver(created('a')).enter('a', 'b').receive({ from: 'a', opCode: 5 });
    expect(room.room.language).toBe('A');
    expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('is not asked among matched players: each is answered as they spoke', () => {
    const rules = { noShowTicks: 3, minPlayers: 3 };
    const room = roomDriver(matched('a', 'b', 'c'), { language: null, rules }).enter('a', 'b');
    room.send('a', 'b').receive({
      from: 'b',
      utterance: { content: { type: 'peer-method', kind: 'candidate', target: 'a' }, dialect: 'C' },
      payload: 'binary',
    });
    expect([room.room.language, room.told]).toEqual([null, ['b → a: binary']]);
    room.elapseUntil(3, 'a', 'b');
    const dialects = room.out.flatMap((out) =>
      out.type === 'join-error' ? [[out.to.sessionId, out.dialect]] : [],
    );
    expect(dialects.sort()).toEqual([
      ['a', 'A'],
      ['b', 'C'],
    ]);
  });

  test('in an adopted room is what its host speaks', () => {
    expect(speakers().grant('h', { h: 1, b: 2 }).room.language).toBe('A');
    expect(speakers().grant('h', { h: 1, b: 2 }, 'dev', 'C').room.language).toBe('C');
    expect(speakers().send('h', 'b').room.language).toBe('A');
    expect(speakers().receive({ from: 'h', opCode: 5 }).room.language).toBe('plain');
    expect(speakers().receive({ from: 'h', opCode: 9001 }).room.language).toBe('plain');
  });

  test.each([
    ['a 9001 that says nothing', { opCode: 9001 }],
    ['a 9001 of another game', { opCode: 9001, utterance: { content: { type: 'foreign' }, dialect: null } }],
    ['a signal', { method: { kind: 'description', target: 'c' } }],
    [
      'a signal in binary',
      { utterance: { content: { type: 'peer-method', kind: 'candidate', target: 'c' }, dialect: 'C' } },
    ],
    ['another opcode', { opCode: 5 }],
    ['a grant', { opCode: 9002, utterance: { content: grantOf({ h: 1, b: 2 }), dialect: null } }],
    ['a snapshot', { opCode: 9010 }],
  ] as [string, object][])('is never changed by what a joiner says: %s', (_title, message) => {
    for (const language of [null, 'A', 'R', 'C', 'plain'] as const) {
      const room = speakers();
      if (language !== null && language !== 'plain') room.grant('h', { h: 1, b: 2 }, 'dev', language);
      if (language === 'plain') room.receive({ from: 'h', opCode: 5 });
      const players = room.peerIds;
      room.receive({ from: 'b', payload: 'forged', ...message });
      expect([room.room.language, room.peerIds]).toEqual([language, players]);
    }
  });

  test('of a room is binary for none once its host spoke JSON: such a message is not even read', () => {
    const room = speakers().grant('h', { h: 1, b: 2 });
    afterUnread(room, ['b', { isJson: false }]);
    expect(room.traffic.dropped).toEqual({ malformed: 1 });
    const binary = speakers().grant('h', { h: 1, b: 2 }, 'dev', 'C');
    expect(afterUnread(binary, ['b']).traffic.dropped).toEqual({ malformed: 1 });
  });
});

describe('nothing is read', () => {
  const room = () => roomDriver(created('a')).enter('a', 'b');

  test.each([
    ['from a stranger', { from: 'x' }, 'not-a-member'],
    ['that nobody may say', { opCode: 9002 }, 'unknown-opcode'],
    ['that only clients may say who announced themselves', { opCode: 9011 }, 'unknown-opcode'],
    ['that is too long', { bytes: RULES.maxMessageBytes + 1 }, 'oversized'],
    ['that is empty', { bytes: 0 }, 'malformed'],
    ['in another language', { isJson: false }, 'malformed'],
  ])('%s', (_title, message, reason) => {
    expect(afterUnread(room(), ['a', message]).traffic.dropped).toEqual({ [reason]: 1 });
  });

  test('that is a long report of a link', () => {
    const announced = roomDriver(created('a'));
    announced.announced.add('b');
    afterUnread(announced.enter('a', 'b'), ['b', { opCode: 9011, bytes: 1025 }]);
    expect(announced.traffic.dropped).toEqual({ oversized: 1 });
  });

  test('of a joiner before the host of an adopted room has spoken, but a request to be let in', () => {
    const adopted = roomDriver(adoptedBy('h')).hear('h').enter('b');
    for (const opCode of [9001, 9003, 9004, 9010, 9011, 9049]) afterUnread(adopted, ['b', { opCode }]);
    afterUnread(adopted, ['b', { opCode: 9002, bytes: 1025 }], ['b', { opCode: 9002, isJson: false }]);
    expect(adopted.traffic.dropped).toEqual({ 'unknown-opcode': 8 });
    expect(adopted.sent).toEqual([]);
  });

  test('in a plain room, but what may be the word of an addon’s host', () => {
    const plain = roomDriver(adoptedBy('h')).hear('h').enter('b').receive({ from: 'h', opCode: 5 });
    for (const opCode of [9001, 9002, 9003, 9004]) afterUnread(plain, ['b', { opCode }]);
    for (const opCode of [9001, 9003]) afterUnread(plain, ['h', { opCode }]);
    expect(plain.traffic.dropped).toEqual({});
    const room = plain.room;
    expect(() => afterUnread(plain, ['h', { opCode: 9002 }])).toThrow('it was read');
    expect(plain.room).toEqual(room);
  });

  test('of a plain room’s host beyond a budget, and all is passed on', () => {
    const plain = roomDriver(adoptedBy('h')).hear('h').enter('b').receive({ from: 'h', opCode: 5 });
    for (let sent = 0; sent < 32; sent++) plain.receive({ from: 'h', opCode: 9002, payload: 'packet' });
    expect(afterUnread(plain, ['h', { opCode: 9002 }]).told).toEqual(['h → b: x']);
    expect(plain.traffic.relayed).toBe(34);
  });
});
