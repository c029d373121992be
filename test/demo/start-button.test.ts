import { startOf } from '../../demo/src/start-button.ts';

type Match = Parameters<typeof startOf>[0];

const room = { phase: 'ready', minPlayers: 2, allReady: false } as NonNullable<Match['room']>;
const match: Match = { isHost: true, state: 'ready', players: [], room };

test('the host can begin, and reads what that does', () => {
  expect(startOf(match, false)).toEqual({
    label: 'Start the game',
    note: 'Scores begin at 0; nobody else comes in.',
    isDisabled: false,
  });
});

test('the host can open the room again', () => {
  const sealed = { ...match, room: { ...room, phase: 'sealed' as const } };
  expect(startOf(sealed, false)).toMatchObject({ label: 'Open the room again', isDisabled: false });
  expect(startOf({ ...sealed, isHost: false }, false).isDisabled).toBe(true);
});

test.each<[string, Partial<Match>, boolean, string]>([
  ['another is host', { isHost: false }, false, 'The host starts the game.'],
  ['players are missing', { room: { ...room, phase: 'gathering' } }, false, 'It takes 2 players'],
  ['a link is down', { state: 'connecting' }, false, 'Not everybody is linked yet.'],
  ['somebody is not ready', {}, true, 'Not everybody is ready yet.'],
])('where %s, the button says so', (_, change, waitsForReady, note) => {
  const start = startOf({ ...match, ...change }, waitsForReady);
  expect(start.isDisabled).toBe(true);
  expect(start.note).toContain(note);
});
