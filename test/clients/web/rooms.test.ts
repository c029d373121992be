import { randomUUID } from 'node:crypto';
import { invitationIn, type ListedMatch, type OnlineMatchOptions } from '../../../clients/web/src/index.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { PlayerPool } from './meshes.ts';

jest.setTimeout(30_000);

let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  server = await startServer({ env: { ONLINE_MATCH_REQUESTS_PER_MINUTE: '100000' } });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(() => server?.stop());

const connect = async (count: number, options: OnlineMatchOptions = {}) =>
  (await pool.connect(count, options)) as ClientPlayer[] & [ClientPlayer, ClientPlayer];

/** Rooms of one test, which no other finds. */
const mine = () => ({ pool: randomUUID() });

async function pageWith(
  player: ClientPlayer,
  filters: object,
  count: number,
): Promise<readonly ListedMatch[]> {
  // Lists are up to two seconds old.
  for (;;) for await (const page of player.match.findMatches(filters)) if (page.length === count) return page;
}

describe('a code', () => {
  test('is told to the creator and in the room, and joins as an id does', async () => {
    const [creator, friend] = await connect(2);
    const { matchId, code } = await creator.match.createMatch();
    const written = `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
    expect(await friend.match.joinMatch(written)).toBe(matchId);
    expect(friend.match.matchId).toBe(matchId);
    await friend.ready(2);
    expect(friend.match.room).toMatchObject({ code, name: '', visibility: 'private', allReady: false });
  });

  test('that no match has is told as such', async () => {
    const [player] = await connect(1);
    await expect(player.match.joinMatch('BBBBBB')).rejects.toMatchObject({ code: 'match-not-found' });
    expect(player.match.state).toBe('lobby');
  });
});

test('a password is asked for, a wrong one told, and the right one lets in', async () => {
  const [creator, friend] = await connect(2);
  const { code } = await creator.match.createMatch({ password: 'köln 7' });
  await expect(friend.match.joinMatch(code)).rejects.toMatchObject({ code: 'password-required' });
  const wrong = friend.match.joinMatch(code, { password: 'bonn' });
  await expect(wrong).rejects.toMatchObject({ code: 'wrong-password' });
  await friend.match.joinMatch(code, { password: 'köln 7' });
  await friend.ready(2);
  expect(friend.match.room?.hasPassword).toBe(true);
});

describe('lists', () => {
  test('show public matches that fit, page by page', async () => {
    const properties = mine();
    const creators = await connect(3, { maxPlayers: 4 });
    const made: string[] = [];
    for (const [level, { match }] of creators.entries()) {
      const { matchId } = await match.createMatch({
        name: `Level ${level}`,
        visibility: 'public',
        properties: { ...properties, level },
      });
      made.push(matchId);
    }
    const [seeker] = await connect(1);
    const listed = await pageWith(seeker, { properties }, 3);
    expect(listed.map(({ matchId }) => matchId)).toEqual([...made].reverse());
    expect(listed[2]).toMatchObject({
      name: 'Level 0',
      players: 1,
      openSeats: 3,
      hasPassword: false,
      properties: { ...properties, level: 0 },
    });
    const pages: number[] = [];
    for await (const page of seeker.match.findMatches({ properties, pageSize: 1 })) pages.push(page.length);
    expect(pages.reduce((sum, length) => sum + length)).toBe(3);
    expect(pages.length).toBeGreaterThan(2);
    const [second] = await pageWith(seeker, { properties: { ...properties, level: { min: 1, max: 1 } } }, 1);
    expect(second?.name).toBe('Level 1');
  });

  test('name what is wrong with a filter', async () => {
    const [seeker] = await connect(1);
    const pages = seeker.match.findMatches({ pageSize: 1000 })[Symbol.asyncIterator]();
    await expect(pages.next()).rejects.toMatchObject({ code: 'bad-request', message: /^limit must be/ });
  });
});

test('quick play makes a match, and the next one who wants the same joins it', async () => {
  const properties = mine();
  const [first, second] = await connect(2);
  const made = await first.match.joinOrCreate({ properties, create: { name: 'Quick' } });
  expect(made).toMatchObject({ created: true, matchId: first.match.matchId });
  expect(await first.next('matchCreated')).toBe(made.matchId);
  expect(await second.match.joinOrCreate({ properties })).toEqual({ ...made, created: false });
  await second.ready(2);
  expect(second.match.room).toMatchObject({
    code: made.code,
    name: 'Quick',
    visibility: 'public',
    properties,
  });
});

describe('in a room', () => {
  async function pair(options?: OnlineMatchOptions): Promise<[host: ClientPlayer, guest: ClientPlayer]> {
    const [host, guest] = await connect(2, options);
    await guest.match.joinMatch((await host.match.createMatch()).matchId);
    for (const player of [host, guest]) await player.ready(2);
    return [host, guest];
  }

  test('the host changes what it says of itself, and nobody else', async () => {
    const [host, guest] = await pair();
    const shown = guest.next('roomChanged', ({ name }) => name === 'Ours');
    const update = {
      name: 'Ours',
      visibility: 'public',
      properties: { mode: 'duel' },
      maxPlayers: 3,
    } as const;
    await host.match.update({ ...update, password: 'secret' });
    expect(await shown).toMatchObject({ ...update, hasPassword: true, openSeats: 1 });
    await host.match.update({ password: null });
    await guest.next('roomChanged', ({ hasPassword, name }) => !hasPassword && name === 'Ours');
    await expect(guest.match.update({ name: 'Mine' })).rejects.toMatchObject({ code: 'not-host' });
    await expect(host.match.update({ maxPlayers: 1 })).rejects.toMatchObject({ name: 'OnlineMatchError' });
    await expect(host.match.update({ password: '' })).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('players say that they are ready and what they are like, and the game may wait for it', async () => {
    const [host, guest] = await pair();
    host.match.setReady(true);
    const notReady = host.match.startPlaying({ requireReady: true });
    await expect(notReady).rejects.toMatchObject({ code: 'not-ready' });
    guest.match.setProperties({ team: 'red' });
    guest.match.setReady(true);
    await host.next('roomChanged', ({ allReady }) => allReady);
    expect(host.match.playersByPeerId.get(2)).toMatchObject({ ready: true, properties: { team: 'red' } });
    await host.match.startPlaying({ requireReady: true });
    expect(host.match.state).toBe('playing');
    await guest.next('roomChanged', ({ phase, allReady }) => phase === 'sealed' && allReady);

    guest.forget();
    await host.match.stopPlaying();
    expect(host.match.state).toBe('ready');
    await guest.next('roomChanged', ({ phase, allReady }) => phase === 'ready' && !allReady);
    expect(guest.match.self?.ready).toBe(false);
    expect(() => guest.match.setProperties({ Team: 'red' })).toThrow(/^Properties must be an object/);
    const quotes = Object.fromEntries([...'abcdefgh'].map((key) => [key, '"'.repeat(64)]));
    expect(() => guest.match.setProperties(quotes)).toThrow(/^Properties of a player must fit into/);
  });

  test('who is sent away reads why, leaves and does not come back by themselves', async () => {
    const [host] = await connect(1);
    const { code } = await host.match.createMatch();
    const loud = await pool.returning();
    await loud.match.joinMatch(code);
    await host.ready(2);
    await host.match.kick(2, { reason: 'Too loud.' });
    expect(await loud.next('left')).toMatchObject({ code: 'kicked', message: 'Too loud.' });
    await host.next('playerLeft');
    expect(loud.match.state).toBe('lobby');
    await loud.match.joinMatch(code);
    await host.ready(2);
    await host.match.kick(3, { ban: true });
    expect(await loud.next('left', (error) => error.code === 'banned')).toBeDefined();
    await expect(loud.match.joinMatch(code)).rejects.toMatchObject({ code: 'banned' });
    expect(loud.story('reconnecting', 'roomLost')).toEqual([]);
    await expect(host.match.kick(9)).rejects.toMatchObject({ code: 'no-such-player' });
  });

  test('the host hands over', async () => {
    const [host, guest] = await pair();
    const told = guest.match.once('hostChanged');
    await host.match.transferHost(2);
    expect(await told).toMatchObject({ player: { peerId: 2 }, term: 2 });
    expect(guest.match.isHost).toBe(true);
    await guest.match.update({ name: 'Mine' });
    await expect(host.match.transferHost(1)).rejects.toMatchObject({ name: 'OnlineMatchError' });
  });

  test('others are invited, and need no password then', async () => {
    const [host, guest] = await connect(2);
    const { matchId, code } = await host.match.createMatch({ name: 'Ours', password: 'secret' });
    const invited = new Promise<ReturnType<typeof invitationIn>>((resolve) => {
      guest.nakama.socket.onnotification = (notification) => resolve(invitationIn(notification));
    });
    await host.match.invite([guest.nakama.session.user_id ?? '']);
    expect(await invited).toMatchObject({ matchId, code, name: 'Ours' });
    await guest.match.joinMatch(matchId);
  });
});

test('outside a match every control says what to do first', async () => {
  const [{ match }] = await connect(1);
  const calls = [
    match.update({}),
    match.kick(1),
    match.transferHost(1),
    match.invite([]),
    match.stopPlaying(),
  ];
  for (const call of calls)
    await expect(call).rejects.toMatchObject({
      code: 'not-in-a-match',
      message: 'There is no match yet: make one or join one first.',
    });
  expect(() => match.setReady(true)).toThrow('make one or join one first');
  await expect(match.once('left', { timeoutMs: 0 })).rejects.toMatchObject({ code: 'timed-out' });
});
