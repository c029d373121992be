import { adoptedBy, created, matched, RULES } from '../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../kit/room/room-driver.ts';
import type { RoomEvent } from '../../src/room/events.ts';

const ask = { type: 'join-request', clientVersion: null, spectator: false } as const;

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

describe('a room whose host has not spoken yet', () => {
  const inRoom = () => roomDriver(adoptedBy('h')).hear('h').enter('b', 'c');

  test('passes on what no addon says, from anybody, to all who are in or to whom the sender picked', () => {
    expect(inRoom().receive({ from: 'b', opCode: 5, payload: 'x' }).told).toEqual(['b → h: x', 'b → c: x']);
    expect(inRoom().receive({ from: 'b', opCode: 5, recipients: ['c'], payload: 'x' }).told).toEqual([
      'b → c: x',
    ]);
    const late = inRoom().seat('d').join('d').receive({ from: 'b', opCode: 5, payload: 'x' });
    expect(late.hear('d').told).toEqual(['b → d: x']);
  });

  test('lets in as many as a relayed match of that size would, and says of none that they are here', () => {
    const room = roomDriver(adoptedBy('h')).hear('h');
    for (let n = 1; n < 100; n++) room.enter(`m${n}`);
    expect(room.sent).toEqual([]);
    expect(room.refusalOf('one-more')).toBe('match-full');
  });

  test('has the seats that its rules give once the host lets somebody in', () => {
    const room = inRoom().enter('d', 'e', 'f').grant('h', { h: 1, b: 2 });
    expect(room.refusalOf('g')).toBe('match-full');
  });

  test('goes on without its host, as another game’s', () => {
    const room = inRoom().leave('h');
    expect([room.room.language, room.hostLeft, room.told]).toEqual(['plain', false, []]);
    expect(room.receive({ from: 'b', opCode: 9001, payload: 'x' }).told).toEqual(['b → c: x']);
    expect(room.refusalOf('d')).toBeNull();
  });

  test('sends away at that who is known to wait for the addon’s host', () => {
    const room = roomDriver(adoptedBy('h')).hear('h');
    room.announced.add('b');
    room.enter('b', 'c', 'd').say('c', ask, 'R').leave('h');
    expect(room.told).toEqual(['9003 to b: host-left', 'kick b', '9003 to c: host-left', 'kick c']);
  });

  test('keeps those waiting for the host’s word who were in before it', () => {
    const room = inRoom().send('h', 'b', 'early');
    expect(room.told).toEqual([]);
    expect(room.grant('h', { h: 1, b: 2 }).told).toEqual(['9002 to b: b2 h1', 'h → b: early']);
    expect(room.receive({ from: 'c', opCode: 5 }).traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('is never plain while somebody is in who knows this server', () => {
    const room = roomDriver(adoptedBy('h')).hear('h');
    room.announced.add('b');
    room.enter('b', 'c').receive({ from: 'h', opCode: 9001, payload: 'x' });
    expect([room.room.language, room.told]).toEqual([null, []]);
    expect(room.receive({ from: 'h', opCode: 5, payload: 'x' }).told).toEqual(['h → b: x', 'h → c: x']);
    expect(room.grant('h', { h: 1, b: 2 }).peerIds).toEqual({ h: 1, b: 2 });
  });
});

describe('a plain room', () => {
  const inRoom = () =>
    roomDriver(adoptedBy('h')).hear('h').enter('b', 'c').receive({ from: 'h', opCode: 5, payload: 'x' });

  test('passes data on to everybody else, with its opcode, however large', () => {
    const room = inRoom().receive({ from: 'b', opCode: 7, bytes: 1_000_000, payload: 'y' });
    expect(room.told).toEqual(['b → h: y', 'b → c: y']);
    expect(room.out[0]).toMatchObject({ opCode: 7 });
  });

  test('passes on no opcode that is too large to come out as it went in', () => {
    const room = inRoom().receive({ from: 'b', opCode: 2 ** 53, payload: 'y' });
    expect([room.told, room.traffic.dropped]).toEqual([[], { 'unknown-opcode': 1 }]);
  });

  test('passes data on to whom the sender picked, themselves too', () => {
    const room = inRoom().receive({ from: 'b', recipients: ['c', 'b', 'x'], payload: 'y' });
    expect(room.told.sort()).toEqual(['b → b: y', 'b → c: y']);
  });

  test('lets in everybody, and leaves it to Nakama to say who is here', () => {
    const room = inRoom().enter('d', 'e', 'f');
    expect(room.sent.map(({ type }) => type)).toEqual(['data', 'data']);
    expect(room.receive({ from: 'f', opCode: 7, payload: 'y' }).told).toHaveLength(5);
  });

  test('passes nothing under the numbers of the addon to who knows this server, and all else', () => {
    const room = inRoom();
    room.announced.add('d');
    room.enter('d');
    for (const opCode of [9001, 9002, 9003, 9004, 9010, 9049]) {
      expect(room.receive({ from: 'b', opCode, payload: 'y' }).told).toEqual(['b → h: y', 'b → c: y']);
    }
    expect(room.receive({ from: 'b', opCode: 9050, payload: 'y' }).told).toContain('b → d: y');
  });

  test('goes on without its host, and tells nobody of it', () => {
    const room = inRoom().leave('h');
    expect([room.hostLeft, room.told]).toEqual([false, []]);
    expect(room.elapse('b', 'c').told).toEqual([]);
    expect(room.refusalOf('d')).toBeNull();
  });

  test('is the addon’s once its host says who is in, and waits for that word again', () => {
    const room = inRoom().grant('h', { h: 1, b: 2 });
    expect([room.room.language, room.peerIds]).toEqual(['A', { h: 1, b: 2 }]);
    expect(room.told).toEqual(['9002 to b: b2 h1']);
  });

  test('stays plain when its host says what cannot be, which is passed on', () => {
    const room = inRoom().grant('h', { h: 2, b: 1 });
    expect(room.room.language).toBe('plain');
    expect(room.told).toEqual(['h → b: join-success', 'h → c: join-success']);
  });
});

describe('a joiner of dialect R', () => {
  const inRoom = () => roomDriver(created('a'), { language: 'R' });

  test('is let in when he asks, not before', () => {
    const room = inRoom().enter('a');
    expect(room.told).toEqual([]);
    expect(room.say('a', ask, 'R').told).toEqual(['9002 to a: a1']);
    expect(room.enter('b').say('b', { ...ask, spectator: true }, 'R').told[0]).toBe('9002 to b: b2 a1');
    expect(room.member('b')?.spectator).toBe(true);
  });

  test('names his version when he asks, and is sent away with another', () => {
    const room = roomDriver(created('a'), {
      language: 'R',
      version: '1.0',
      rules: { versionPolicy: 'required' },
    });
    room
      .enter('a')
      .say('a', { ...ask, clientVersion: '1.0' }, 'R')
      .enter('b');
    expect(room.say('b', { ...ask, clientVersion: '2.0' }, 'R').told).toEqual([
      '9003 to b: version-mismatch',
      'kick b',
    ]);
    expect(room.enter('c').say('c', ask, 'R').told).toEqual(['9003 to c: version-required', 'kick c']);
    expect(room.peerIds).toEqual({ a: 1 });
  });

  test('is refused at the door with a version that is known to be another', () => {
    const room = roomDriver(created('a'), { language: 'R', version: '1.0' });
    expect(room.refusalOf('b', '2.0')).toBe('version-mismatch');
  });

  test('may not name another version than when he joined', () => {
    const room = inRoom().enter('a').say('a', ask, 'R');
    room.attempt('b', 'dev');
    room
      .join('b')
      .hear('b')
      .say('b', { ...ask, clientVersion: '2.0' }, 'R');
    expect(room.told).toEqual(['9003 to b: bad-request', 'kick b']);
  });

  test('asks once: what he asks again is dropped', () => {
    const room = inRoom().enter('a').say('a', ask, 'R').say('a', ask, 'R');
    expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('asks the host of an adopted room, within his budget', () => {
    const room = roomDriver(adoptedBy('h'), { rules: { descriptionBurst: 2 } })
      .hear('h')
      .enter('b')
      .say('b', ask, 'R');
    expect(room.told).toEqual(['b → h: join-request']);
    room.say('b', ask, 'R').say('b', ask, 'R');
    expect(room.traffic.dropped).toEqual({ 'over-budget': 1 });
    expect(room.grant('h', { h: 1, b: 2 }, 'dev', 'R').told).toEqual(['9002 to b: b2 h1']);
    expect(room.room.language).toBe('R');
  });
});
