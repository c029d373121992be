import { adoptedBy } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const ask = { type: 'join-request', clientVersion: null, spectator: false } as const;

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

  test('keeps it for those who may have Nakama’s reply before the room hears that they joined', () => {
    const room = inRoom()
      .seat('d')
      .receive({ from: 'b', opCode: 5, recipients: ['d'], payload: 'x' });
    expect(room.told).toEqual([]);
    expect(room.join('d').hear('d').told).toEqual(['b → d: x']);
  });

  test('lets in as many as a relayed match of that size would, and says of none that they are here', () => {
    const room = roomDriver(adoptedBy('h')).hear('h');
    for (let n = 1; n < 60; n++) room.enter(`m${n}`);
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
