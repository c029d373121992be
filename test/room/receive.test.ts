import { adoptedBy, created, matched } from '../../kit/room/foundings.ts';
import { roomDriver } from '../../kit/room/room-driver.ts';
import { isOfInterest } from '../../src/room/receive.ts';
import type { Room } from '../../src/room/room.ts';

const ask = { type: 'join-request', clientVersion: null, spectator: false } as const;

describe('what clients speak', () => {
  test('is heard from the first message of a room that nobody asked for', () => {
    const room = roomDriver(matched('a', 'b'), { language: null }).enter('a', 'b');
    expect(room.send('a', 'b').room.language).toBe('A');
    expect(room.told).toEqual(['a → b: hello']);
  });

  test('stays what it is', () => {
    const room = roomDriver(created('a')).enter('a', 'b').receive({ from: 'a', opCode: 5 });
    expect(room.room.language).toBe('A');
    expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('is none of the addon’s when the first message is nothing that it says', () => {
    const room = roomDriver(adoptedBy('h'))
      .hear('h')
      .enter('b')
      .receive({ from: 'h', opCode: 5, payload: 'x' });
    expect(room.room.language).toBe('plain');
    expect(room.told).toEqual(['presences to h: +b', 'presences to b: +h', 'h → b: x']);
  });

  test('is the addon’s once its host has given ids, whatever comes then', () => {
    const room = roomDriver(adoptedBy('h')).hear('h').enter('b').grant('h', { h: 1, b: 2 });
    expect(room.receive({ from: 'b', opCode: 5 }).room.language).not.toBe('plain');
  });
});

describe('a room that a stray message made plain', () => {
  const stray = { from: 'b', opCode: 5 } as const;

  test('is the addon’s again once matched players signal', () => {
    const room = roomDriver(matched('a', 'b'), { language: null }).enter('a', 'b').receive(stray);
    expect(room.room.language).toBe('plain');
    expect(room.send('a', 'b').told).toEqual(['a → b: hello']);
    expect(room.room.language).toBe('A');
  });

  test('is the addon’s again once its host says who is in, and not when others signal', () => {
    const room = roomDriver(adoptedBy('h')).hear('h').enter('b').receive(stray).send('b', 'h');
    expect(room.room.language).toBe('plain');
    room.grant('h', { h: 1, b: 2 });
    expect([room.room.language, room.peerIds]).toEqual([null, { h: 1, b: 2 }]);
  });

  test('stays plain when its host says what cannot be, which is passed on', () => {
    const room = roomDriver(adoptedBy('h')).hear('h').enter('b').receive(stray).grant('h', { h: 2, b: 1 });
    expect([room.room.language, room.told]).toEqual(['plain', ['h → b: join-success']]);
  });

  test('reads only what could make it the addon’s again', () => {
    const ofMatched = roomDriver(matched('a', 'b'), { language: null }).enter('a', 'b').receive(stray).room;
    const ofAddon = roomDriver(adoptedBy('h')).hear('h').enter('b').receive(stray).room;
    const opCodes = [9001, 9002, 9003, 9004, 5];
    const read = (room: Room, from: string) => opCodes.filter((opCode) => isOfInterest(room, from, opCode));
    expect(read(ofMatched, 'a')).toEqual([9001]);
    expect(read(ofAddon, 'h')).toEqual([9002, 9004]);
    expect(read(ofAddon, 'b')).toEqual([]);
    expect(read(roomDriver(created('a')).room, 'a')).toEqual(opCodes);
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

  test('passes data on to whom the sender picked, himself too', () => {
    const room = inRoom().receive({ from: 'b', recipients: ['c', 'b', 'x'], payload: 'y' });
    expect(room.told.sort()).toEqual(['b → b: y', 'b → c: y']);
  });

  test('lets in everybody, and says who is here', () => {
    const room = inRoom().enter('d', 'e', 'f');
    expect(room.told).toEqual([
      ...['h', 'b', 'c', 'd', 'e'].map((to) => `presences to ${to}: +f`),
      'presences to f: +h +b +c +d +e',
    ]);
  });

  test('goes on without its host', () => {
    const room = inRoom().leave('h');
    expect(room.room.hostLeft).toBe(false);
    expect(room.refusalOf('d')).toBeNull();
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
