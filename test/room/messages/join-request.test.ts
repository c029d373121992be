import { adoptedBy, created } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const ask = { type: 'join-request', clientVersion: null, spectator: false } as const;

describe('a joiner of dialect R', () => {
  const inRoom = () => roomDriver(created('a'), { language: 'R' });

  test('is let in when they ask, not before', () => {
    const room = inRoom().enter('a');
    expect(room.told).toEqual([]);
    expect(room.say('a', ask, 'R').told).toEqual(['9002 to a: a1']);
    expect(room.enter('b').say('b', { ...ask, spectator: true }, 'R').told[0]).toBe('9002 to b: b2 a1');
    expect(room.member('b')?.spectator).toBe(true);
  });

  test('names their version when they ask, and is sent away with another', () => {
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

  test('may not name another version than when they joined', () => {
    const room = inRoom().enter('a').say('a', ask, 'R');
    room.attempt('b', 'dev');
    room
      .join('b')
      .hear('b')
      .say('b', { ...ask, clientVersion: '2.0' }, 'R');
    expect(room.told).toEqual(['9003 to b: bad-request', 'kick b']);
  });

  test('asks once: what they ask again is dropped', () => {
    const room = inRoom().enter('a').say('a', ask, 'R').say('a', ask, 'R');
    expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('asks the host of an adopted room, within their budget', () => {
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
