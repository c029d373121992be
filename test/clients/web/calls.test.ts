import {
  OnlineMatch,
  type OnlineMatchError,
  type OnlineMatchOptions,
} from '../../../clients/web/src/index.ts';
import { callbacksDone, IdlePeerConnection, matchNamed, ScriptedSocket, TICKET } from './scripted-socket.ts';

let script: ScriptedSocket;

beforeEach(() => {
  script = new ScriptedSocket();
  IdlePeerConnection.made = [];
});

// Whatever still waits for an answer.
afterEach(() => script.ondisconnect({} as Event));

/** A call of which a test sees only what it asks for. */
const begin = (call: Promise<unknown>) => void call.catch(() => {});

const matchWith = (options: OnlineMatchOptions = {}) =>
  new OnlineMatch(script.socket, { RTCPeerConnection: IdlePeerConnection.type, ...options });

/** In a match with one other, of whom the matchmaker told. */
async function matched(match: OnlineMatch, isArbitrated = false): Promise<void> {
  const entering = match.startMatchmaking();
  (await script.next('rpc get_ice_servers')).answer({ payload: '{}' });
  (await script.next('addMatchmaker')).answer({ ticket: TICKET });
  await callbacksDone();
  script.tellMatched({ token: 't' });
  (await script.next('joinMatch')).answer(matchNamed('m', ['session-a'], isArbitrated));
  await entering;
}

describe('the options', () => {
  test('are two to four players of version dev where nothing is said', async () => {
    begin(matchWith().createMatch());
    const { args } = await script.next('rpc create_online_match');
    expect(JSON.parse(args[0])).toEqual({ min_players: 2, max_players: 4, client_version: 'dev' });
  });

  test('go into the match that is made, and into the join', async () => {
    begin(matchWith({ minPlayers: 3, maxPlayers: 6, clientVersion: '1.2' }).createMatch());
    const request = await script.next('rpc create_online_match');
    expect(JSON.parse(request.args[0])).toEqual({ min_players: 3, max_players: 6, client_version: '1.2' });
    request.answer({ payload: '{"match_id":"m","code":"BCDFGH"}' });
    const metadata = { online_match: '1', client_version: '1.2', can: 'fallback ice_restart' };
    expect((await script.next('joinMatch')).args).toEqual(['m', undefined, metadata]);
  });

  test.each([
    ['auto', 'all'],
    ['forced', 'relay'],
  ] as const)(
    'useNetworkRelay %s and the game’s own ICE servers are told to WebRTC',
    async (relay, policy) => {
      const match = matchWith({ useNetworkRelay: relay, iceServers: [{ urls: 'turn:own' }] });
      begin(match.joinMatch('m'));
      (await script.next('joinMatch')).answer(matchNamed('m'));
      await callbacksDone();
      const players = ['session-a', 'session-b'].map((session_id, i) => ({ session_id, peer_id: i + 1 }));
      script.tellData('m', 9010, { you: 'session-b', players });
      expect(IdlePeerConnection.made.map(({ configuration }) => configuration)).toEqual([
        { iceServers: [{ urls: 'turn:own' }], iceTransportPolicy: policy },
      ]);
      expect(script.asked('rpc get_ice_servers')).toEqual([]);
    },
  );

  test('must have an RTCPeerConnection where the runtime has none', () => {
    expect(() => new OnlineMatch(script.socket)).toThrow(expect.objectContaining({ code: 'webrtc' }));
  });
});

describe('startMatchmaking', () => {
  const asked = async (options: OnlineMatchOptions, request = {}) => {
    begin(matchWith(options).startMatchmaking(request));
    return (await script.next('addMatchmaker')).args;
  };

  test('looks for anybody of the same version where nothing is said', async () => {
    expect(await asked({})).toEqual(['*', 2, 4, { online_match: '1', client_version: 'dev' }, {}]);
  });

  test('takes a query, and string and numeric properties', async () => {
    const request = {
      query: '+properties.mode:tag',
      stringProperties: { mode: 'tag', client_version: 'another', online_match: '' },
      numericProperties: { rank: 7 },
    };
    expect(await asked({ clientVersion: '1.2' }, request)).toEqual([
      '+properties.mode:tag',
      2,
      4,
      { mode: 'tag', online_match: '1', client_version: '1.2' },
      { rank: 7 },
    ]);
  });

  test.each([
    [{ minCount: 3, maxCount: 5 }, 3, 5],
    [{ minCount: 1, maxCount: 9 }, 2, 6],
    [{ minCount: 8, maxCount: 8 }, 6, 6],
    [{ minCount: 0, maxCount: 1 }, 2, 2],
  ])('keeps %p within minPlayers and maxPlayers', async (request, min, max) => {
    expect((await asked({ minPlayers: 2, maxPlayers: 6 }, request)).slice(1, 3)).toEqual([min, max]);
  });

  test('never asks for a match of one', async () => {
    expect((await asked({ minPlayers: 1, maxPlayers: 1 })).slice(1, 3)).toEqual([2, 2]);
  });
});

describe('startPlaying', () => {
  test('needs a match that is ready, or force', async () => {
    const match = matchWith();
    await expect(match.startPlaying()).rejects.toMatchObject({ code: 'not-in-a-match' });
    await matched(match);
    await expect(match.startPlaying()).rejects.toMatchObject({ code: 'not-ready' });
    await match.startPlaying({ force: true });
    expect(match.state).toBe('playing');
  });

  test('of the host seals the match, unless the server says why not', async () => {
    const match = matchWith({ iceServers: [] });
    const joining = match.joinMatch('m');
    (await script.next('joinMatch')).answer(matchNamed('m'));
    await joining;
    const players = [{ session_id: 'session-b', peer_id: 1 }];
    script.tellData('m', 9010, { you: 'session-b', players, min_players: 1, connected: false });
    expect([match.isHost, match.state]).toEqual([true, 'connecting']);
    // Only the first one says whose it is.
    script.tellData('m', 9010, { players, min_players: 1, connected: true });
    expect([match.isHost, match.state]).toEqual([true, 'ready']);
    const refused = match.startPlaying();
    (await script.next('rpc seal_online_match')).refuse({ code: 7, message: 'links-pending: Not yet.' });
    await expect(refused).rejects.toMatchObject({ code: 'links-pending' });
    expect(match.state).toBe('ready');

    const forced = match.startPlaying({ force: true });
    const request = await script.next('rpc seal_online_match');
    expect(JSON.parse(request.args[0])).toEqual({ match_id: 'm', sealed: true, force: true });
    request.answer({ payload: '{}' });
    await forced;
    expect(match.state).toBe('playing');
  });

  test('asks nothing of the server when it was ended before', async () => {
    const match = matchWith();
    await matched(match, true);
    const options = { force: true, signal: AbortSignal.abort() };
    await expect(match.startPlaying(options)).rejects.toMatchObject({ code: 'aborted' });
    expect(match.state).toBe('connecting');
    expect(script.asked('rpc seal_online_match')).toEqual([]);
  });
});

describe('events', () => {
  test('come until the function is called that on() returns, for each listener on its own', async () => {
    const match = matchWith();
    const heard: string[] = [];
    const listener = (id: string) => heard.push(id);
    const offs = [match.on('matchJoined', listener), match.on('matchJoined', listener)];
    const join = async (id: string) => {
      const joining = match.joinMatch(id);
      (await script.next('rpc get_ice_servers')).answer({ payload: '{}' });
      (await script.next('joinMatch')).answer(matchNamed(id));
      await joining;
      void match.leave();
      (await script.next('leaveMatch')).answer();
    };
    await join('m1');
    offs[0]?.();
    offs[0]?.();
    await join('m2');
    offs[1]?.();
    await join('m3');
    expect(heard).toEqual(['m1', 'm1', 'm2']);
  });

  test('reach all listeners when one throws, whose error is reported as uncaught', async () => {
    const reported: (() => void)[] = [];
    const report = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((then) => reported.push(then));
    const match = matchWith();
    const heard: string[] = [];
    match.on('matchmakerMatched', () => {
      throw new Error('of the game');
    });
    match.on('matchmakerMatched', (players) => heard.push(...players.map(({ username }) => username)));
    await matched(match);
    report.mockRestore();
    expect(heard).toEqual(['name of session-a', 'name of session-b']);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toThrow('of the game');
    expect(match.state).toBe('connecting');
  });

  test('tell once what WebRTC refuses, and that match is not ready', async () => {
    class Refusing {
      constructor() {
        throw new SyntaxError('no such url');
      }
    }
    const match = matchWith({ RTCPeerConnection: Refusing as unknown as typeof RTCPeerConnection });
    const errors: OnlineMatchError[] = [];
    const ready = jest.fn();
    match.on('error', (error) => errors.push(error));
    match.on('matchReady', ready);
    await matched(match);
    expect(errors).toMatchObject([{ name: 'OnlineMatchError', code: 'webrtc', message: 'no such url' }]);
    expect(match.players.map(({ status }) => status)).toEqual(['failed', 'connected']);
    expect(ready).not.toHaveBeenCalled();
    void match.leave();
  });

  test('tell a refusal after the join with its code, and the match is left', async () => {
    const match = matchWith();
    const errors: OnlineMatchError[] = [];
    match.on('error', (error) => errors.push(error));
    await matched(match, true);
    const content = { target: 'session-b', code: 0, reason: 'The host has left.', refusal: 'host-left' };
    script.tellData('m', 9003, { ...content, target: 'session-a' });
    expect(match.state).toBe('connecting');
    script.tellData('m', 9003, content);
    expect(errors).toMatchObject([{ code: 'host-left', message: 'The host has left.' }]);
    expect(match.state).toBe('lobby');
  });
});

test('nothing can be sent where nobody is', async () => {
  const match = matchWith();
  expect(() => match.send('all', 'x')).toThrow(expect.objectContaining({ code: 'not-in-a-match' }));
  await matched(match);
  expect(() => match.send(1, 'x')).toThrow(expect.objectContaining({ code: 'not-connected' }));
  expect(() => match.send(9, 'x')).toThrow(expect.objectContaining({ code: 'not-connected' }));
  match.send('all', 'x');
  void match.leave();
});
