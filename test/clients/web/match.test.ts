import type { OnlineMatchOptions } from '../../../clients/web/src/index.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMesh, expectMessages, matchmake, PlayerPool } from './meshes.ts';

jest.setTimeout(30_000);

let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(() => server?.stop());

const connect = async (count: number, options: OnlineMatchOptions = {}) =>
  (await pool.connect(count, options)) as ClientPlayer[] & [ClientPlayer, ClientPlayer, ClientPlayer];

describe('a match', () => {
  test('tells its creator and its joiners what the addon tells', async () => {
    const [creator, joiner] = await connect(2);
    const matchId = await createAndJoin([creator, joiner]);
    await expectMesh([creator, joiner]);

    expect(await creator.next('matchCreated')).toBe(matchId);
    expect(await joiner.next('matchJoined')).toBe(matchId);
    expect(creator.all('playerJoined').map(({ peerId }) => peerId)).toEqual([1, 2]);
    expect(joiner.all('playerJoined').map(({ peerId }) => peerId)).toEqual([2, 1]);
    const [linked, ...others] = creator.all('playerStatusChanged');
    expect(linked).toMatchObject({ peerId: 2, status: 'connected', step: 'direct' });
    // By which way is known a moment later.
    for (const other of others) expect(other).toEqual({ ...linked, via: 'direct' });
    expect(creator.match.isHost).toBe(true);
    expect(joiner.match.isHost).toBe(false);
    expect(joiner.match.playersByPeerId.get(1)).toMatchObject({
      ...creator.match.self,
      ...{ status: 'connected', via: expect.anything() },
    });
    expect(joiner.match.room).toMatchObject({ phase: 'ready', connected: true });
  });

  test('carries bytes and texts to one player', async () => {
    const [first, second, third] = await connect(3);
    await createAndJoin([first, second, third]);
    await expectMesh([first, second, third]);

    first.match.send(second.peerId, new Uint8Array([1, 2, 3]));
    const { data, from } = await second.textFrom(1, true);
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
    expect(from.username).toBe(first.match.self?.username);
    expect(third.all('message')).toHaveLength(4);
  });

  test('takes in a late player and lets one leave', async () => {
    const [host, early, late] = await connect(3);
    const matchId = await createAndJoin([host, early]);
    await expectMesh([host, early]);

    await late.match.joinMatch(matchId);
    await Promise.all([host, early, late].map((player) => player.ready(3)));
    await expectMessages([host, early, late]);

    await early.match.leave();
    expect(early.match.state).toBe('lobby');
    await Promise.all([host, late].map((player) => player.next('playerLeft', ({ peerId }) => peerId === 2)));
    expect(host.match.players.map(({ peerId }) => peerId)).toEqual([1, 3]);
    await expectMessages([host, late]);

    await early.match.joinMatch(matchId);
    await Promise.all([host, early, late].map((player) => player.ready(3)));
    expect(early.match.self?.peerId).toBe(4);
  });

  test('is sealed when its host starts to play', async () => {
    const [host, guest, stranger] = await connect(3);
    const matchId = await createAndJoin([host, guest]);
    await expect(stranger.match.startPlaying()).rejects.toMatchObject({ code: 'not-in-a-match' });
    await expectMesh([host, guest]);
    await host.match.startPlaying();
    await guest.match.startPlaying();

    expect(host.match.state).toBe('playing');
    await expect(stranger.match.joinMatch(matchId)).rejects.toMatchObject({ code: 'match-sealed' });
    expect(stranger.match.state).toBe('lobby');
  });

  test('goes on without its host', async () => {
    const players = await connect(3);
    await createAndJoin(players);
    await expectMesh(players);
    const [host, ...others] = players;

    await host.match.leave();
    for (const other of others) await other.next('playerLeft', ({ peerId }) => peerId === 1);
    await expectMessages(others);
    expect(others.map(({ match }) => match.isHost).sort()).toEqual([false, true]);
    expect(others[0]?.all('error')).toEqual([]);
  });

  test('notices a lost socket', async () => {
    const [host, guest] = await connect(2);
    await createAndJoin([host, guest]);
    await expectMesh([host, guest]);

    guest.nakama.socket.disconnect(true);
    await guest.next('disconnected');
    // They might come back, for all that the server knows.
    expect(await host.next('playerAway')).toMatchObject({ peerId: 2, away: true });
    expect(guest.match.state).toBe('lobby');
    expect(guest.all('disconnected')).toHaveLength(1);
  });

  test.each(['offers', 'answers'])('connects anew when the side that %s drops a link', async (side) => {
    const players = await connect(2);
    const sent = players.map(({ nakama }) => jest.spyOn(nakama.socket, 'sendMatchState'));
    await createAndJoin(players);
    await expectMesh(players);

    // Who came first makes the offers.
    const dropper = players[side === 'offers' ? 0 : 1] as ClientPlayer;
    const saidBy = (player: ClientPlayer) =>
      (sent[players.indexOf(player)]?.mock.calls ?? [])
        .map(([, , text]) => JSON.parse(text as string))
        .flatMap(({ method, type }) => (method === 'reconnect' || type ? [type ?? method] : []));
    dropper.match.connectionOf(3 - dropper.peerId)?.close();
    await Promise.all(players.map((player) => player.next('matchNotReady')));
    await Promise.all(players.map((player) => player.ready(2)));
    await expectMessages(players);
    expect(players.map(saidBy)).toEqual([
      ['offer', 'reconnect', 'offer'],
      ['answer', 'answer'],
    ]);
  });
});

describe('matchmaking', () => {
  test('tells who was matched, and keeps within the bounds', async () => {
    const players = await connect(2, { minPlayers: 2, maxPlayers: 2 });
    await matchmake(players);
    await expectMesh(players);
    for (const player of players) {
      const matched = await player.next('matchmakerMatched');
      expect(matched.map(({ sessionId }) => sessionId)).toEqual(
        player.match.players.map(({ sessionId }) => sessionId),
      );
    }
  });

  test('takes the ticket back when it is left', async () => {
    const [seeker] = await connect(1);
    const search = seeker.match.startMatchmaking();
    expect(seeker.match.state).toBe('matching');
    const left = expect(search).rejects.toMatchObject({ code: 'left' });
    await seeker.match.leave();
    await left;
    expect(seeker.match.state).toBe('lobby');
  });
});

describe('a refused join', () => {
  const refusals: [string, OnlineMatchOptions, string][] = [
    ['of another version', { clientVersion: '2.0' }, 'version-mismatch'],
    ['of a full match', {}, 'match-full'],
  ];

  test.each(refusals)('%s has its code', async (_, options, code) => {
    const [creator, guest] = await connect(2, { maxPlayers: 2 });
    const [stranger] = await connect(1, options);
    const matchId = await createAndJoin([creator, guest]);

    const refused = stranger.match.joinMatch(matchId);
    await expect(refused).rejects.toMatchObject({ name: 'OnlineMatchError', code });
    await expect(refused).rejects.toThrow(/^this match|^all/i);
  });

  test('of no match has its code', async () => {
    const [stranger] = await connect(1);
    const nowhere = '00000000-0000-4000-8000-000000000000.nakama';
    await expect(stranger.match.joinMatch(nowhere)).rejects.toMatchObject({ code: 'match-not-found' });
  });

  test('does not come while in another match', async () => {
    const [creator] = await connect(1);
    const { matchId } = await creator.match.createMatch();
    await expect(creator.match.joinMatch(matchId)).rejects.toMatchObject({ code: 'already-in-a-match' });
  });
});

describe('every call', () => {
  const calls: [string, (player: ClientPlayer, options: object) => Promise<unknown>][] = [
    ['createMatch', ({ match }, options) => match.createMatch(options)],
    ['joinOrCreate', ({ match }, options) => match.joinOrCreate(options)],
    ['joinMatch', ({ match }, options) => match.joinMatch('nowhere', options)],
    ['startMatchmaking', ({ match }, options) => match.startMatchmaking(options)],
  ];

  test.each(calls)('%s can be aborted, and ends after its time', async (_, make) => {
    const [player] = await connect(1);
    const abort = new AbortController();
    const aborted = make(player, { signal: abort.signal });
    abort.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(make(player, { timeoutMs: 0 })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(make(player, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    expect(player.match.state).toBe('lobby');
    // All is undone: the next one works.
    await player.match.createMatch();
  });

  test('startPlaying and leave can, too', async () => {
    const [host, guest] = await connect(2);
    await createAndJoin([host, guest]);
    await expectMesh([host, guest]);
    const aborted = { signal: AbortSignal.abort() };
    await expect(host.match.startPlaying(aborted)).rejects.toMatchObject({ code: 'aborted' });
    await expect(host.match.startPlaying({ timeoutMs: 0 })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(host.match.leave(aborted)).rejects.toMatchObject({ code: 'aborted' });
    await expect(guest.match.leave({ timeoutMs: 0 })).rejects.toMatchObject({ code: 'timed-out' });
    expect([host.match.state, guest.match.state]).toEqual(['lobby', 'lobby']);
  });
});
