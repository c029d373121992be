import { adoptedBy, created, matched, roomDriver } from '../support/room-driver.ts';

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

describe('a plain room', () => {
  const inRoom = () =>
    roomDriver(adoptedBy('h')).hear('h').enter('b', 'c').receive({ from: 'h', opCode: 5, payload: 'x' });

  test('passes data on to everybody else, with its opcode, however large', () => {
    const room = inRoom().receive({ from: 'b', opCode: 7, bytes: 1_000_000, payload: 'y' });
    expect(room.told).toEqual(['b → h: y', 'b → c: y']);
    expect(room.out[0]).toMatchObject({ opCode: 7 });
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
