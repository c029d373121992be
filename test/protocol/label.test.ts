import { encodeLabel, isRoomLabel, type Label, phaseIn } from '../../src/protocol/label.ts';

const label: Label = {
  phase: 'gathering',
  players: 1,
  openSeats: 3,
  minPlayers: 2,
  maxPlayers: 4,
  clientVersion: '1.0',
  host: 'anna',
  visibility: 'public',
  listed: ['a', 'own'],
  hasPassword: false,
  name: 'duel',
  properties: [{ key: 'mode', value: 'ctf' }],
  codeKey: 'c0123456789abcdef',
  serial: 5,
};
const text = encodeLabel(label);

test('a label is JSON with what a listing needs', () => {
  expect(JSON.parse(text)).toEqual({
    kind: 'online_match',
    phase: 'gathering',
    players: 1,
    open_seats: 3,
    min_players: 2,
    max_players: 4,
    client_version: '1.0',
    version_key: 'v312e30',
    host: 'anna',
    online_match: 'public',
    has_password: false,
    name_key: 'n6475656c',
    properties: { mode: 't637466' },
    code_key: 'c0123456789abcdef',
    listed: ['a', 'own'],
    players_key: 'p1',
    serial: 's5',
  });
});

test('a label of the longest version and name stays within Nakama’s 2,048 bytes', () => {
  const longest = {
    ...label,
    clientVersion: '€'.repeat(64),
    host: '"'.repeat(128),
  };
  expect(Buffer.byteLength(encodeLabel(longest))).toBeLessThan(2048);
});

test.each(['', '{}', '{"kind":"other"}', '{"kind":"online_match"}', '[]', 'online_match', `x${text}`])(
  'a label of another match is told apart: %j',
  (foreign) => {
    expect(isRoomLabel(foreign)).toBe(false);
    expect(phaseIn(foreign)).toBeNull();
  },
);

test('a room’s label is known, and its phase can be read', () => {
  expect(isRoomLabel(text)).toBe(true);
  expect(phaseIn(text)).toBe('gathering');
});

test('a label that only begins like a room’s has no phase', () => {
  expect(phaseIn(text.slice(0, -1))).toBeNull();
});
