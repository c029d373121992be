import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { Game } from '../../demo/src/game.ts';
import type { Play } from '../../demo/src/play.ts';
import { statusOf } from '../../demo/src/status.ts';

type Room = NonNullable<OnlineMatch['room']>;
type Player = OnlineMatch['players'][number];

const device = { touches: false, points: true };
beforeAll(() => {
  const matchMedia = (query: string) => ({
    matches: query.includes('coarse') ? device.touches : device.points,
  });
  Object.assign(globalThis, { matchMedia });
});
beforeEach(() => Object.assign(device, { touches: false, points: true }));

const me = { peerId: 1, username: 'Ada', status: 'connected', away: false, awaySec: null } as Player;
const grace = { ...me, peerId: 2, username: 'Grace' };

interface Standing extends Partial<Pick<Play, 'hasMet' | 'isMatched' | 'isLost'>> {
  readonly room?: Partial<Room>;
  readonly players?: readonly Player[];
  readonly isHost?: boolean;
}

function said({ room = {}, players = [me], isHost = true, ...play }: Standing): string {
  const match = { room: { phase: 'gathering', openSeats: 3, ...room }, players, isHost, state: 'connecting' };
  return statusOf({ match, game: new Game(1), nameOf: () => 'Grace', ...play } as unknown as Play);
}

test('who is alone in an open room is told to send others the link', () => {
  expect(said({})).toBe('You are alone in the room. Send others the link, or open it in another window.');
});

test.each<[string, Standing, string]>([
  [
    'the host has left for good',
    { room: { phase: 'closed' } },
    'The host has left, and nobody else can come in.',
  ],
  ['the matchmaker made the room, and the others come', { isMatched: true }, 'are on their way'],
  [
    'the matchmaker made the room, and the others left',
    { isMatched: true, hasMet: true },
    'The others have left',
  ],
  ['the game has begun', { room: { phase: 'sealed' } }, 'Open it again'],
  [
    'the game has begun, and another is host',
    { room: { phase: 'sealed' }, isHost: false },
    'nobody else can come in',
  ],
  ['the room is lost', { isLost: true }, 'the room is gone'],
  ['all seats are taken', { room: { openSeats: 0 } }, 'on their way'],
])('who is alone where %s is not told to send a link', (_, standing, words) => {
  expect(said(standing)).toContain(words);
  expect(said(standing)).not.toMatch(/link|send/i);
});

test('help is for what the player has in their hands', () => {
  expect(statusOf(null)).toContain('W A S D');
  Object.assign(device, { touches: true, points: false });
  expect(statusOf(null)).toBe('Drag your disc with a finger.');
  expect(said({})).toBe('You are alone in the room. Send others the link.');
});

test('of somebody who is away it says why, for how long, and what is left', () => {
  const away = { ...grace, away: true, awaySec: 12 };
  expect(said({ players: [me, away] })).toBe(
    'Grace has lost their connection to the server, or closed the page. Their seat is kept for 12 s. You are still linked to them.',
  );
});

test('a link that failed is named', () => {
  expect(said({ players: [me, { ...grace, status: 'failed' }] })).toContain(
    'There is no connection to Grace yet.',
  );
});
