import { OnlineMatch, type OnlineMatchError } from '../../../clients/web/src/index.ts';
import { forgedFor } from './forged.ts';
import {
  callbacksDone,
  IdlePeerConnection,
  matchNamed,
  ScriptedSocket,
  SELF,
  TICKET,
} from './scripted-socket.ts';

const HOST = 'session-a';
const OTHER = 'session-c';
const LATECOMER = 'session-d';

const ICE = '{"response":{"ice_servers":[{"urls":["turn:a"]}]}}';

let script: ScriptedSocket;
let match: OnlineMatch;
let errors: OnlineMatchError[];

beforeEach(() => {
  script = new ScriptedSocket();
  IdlePeerConnection.made = [];
  match = new OnlineMatch(script.socket, {
    RTCPeerConnection: IdlePeerConnection.type,
    useNetworkRelay: 'forced',
  });
  errors = [];
  match.on('error', (error) => errors.push(error));
});
afterEach(() => script.ondisconnect({} as Event));

async function join(isAuthoritative: boolean): Promise<void> {
  const joining = match.joinMatch('m');
  (await script.next('rpc get_ice_servers')).answer({ payload: ICE });
  (await script.next('joinMatch')).answer(matchNamed('m', [HOST, OTHER], isAuthoritative));
  await joining;
}

async function matchmake(isAuthoritative: boolean): Promise<void> {
  const matching = match.startMatchmaking();
  (await script.next('rpc get_ice_servers')).answer({ payload: ICE });
  (await script.next('addMatchmaker')).answer({ ticket: TICKET });
  await callbacksDone();
  script.tellMatched({ token: 't' });
  (await script.next('joinMatch')).answer(matchNamed('m', [HOST], isAuthoritative));
  await matching;
}

const playersIn = (peerIds: { [sessionId: string]: number }) => ({
  players: Object.fromEntries(
    Object.entries(peerIds).map(([session_id, peer_id]) => [session_id, { session_id, peer_id }]),
  ),
});

const refusal = { target: SELF, code: 1, reason: 'Full.' };

/** What a forgery would change. */
function stateOf() {
  const { state, room, players } = match;
  const iceServers = IdlePeerConnection.made.flatMap(({ configuration }) => configuration.iceServers);
  return { state, room, ids: players.map(({ sessionId }) => sessionId), iceServers, errors };
}

describe('in an authoritative match', () => {
  test.each([
    ['joined', join],
    ['matched', matchmake],
  ])('that was %s, nothing that a member says about it is believed', async (_, enter) => {
    await enter(true);
    const before = stateOf();
    for (const attacker of [HOST, LATECOMER])
      for (const { opCode, content } of forgedFor(SELF, attacker))
        script.tellData('m', opCode, content, attacker);
    expect(stateOf()).toEqual(before);
  });

  test('the same is believed when the server says it', async () => {
    await join(true);
    const heard: string[] = [];
    match.on('roomChanged', () => heard.push('room'));
    match.on('playerJoined', ({ sessionId }) => heard.push(sessionId));
    for (const { opCode, content } of forgedFor(SELF, HOST)) script.tellData('m', opCode, content);
    expect(heard).toEqual([SELF, HOST, 'ghost', 'room']);
    expect(errors).toMatchObject([{ code: 'match-sealed' }]);
  });
});

describe('in a relayed match', () => {
  test('of the matchmaker nobody is believed: the peer ids are known', async () => {
    await matchmake(false);
    const before = stateOf();
    for (const attacker of [HOST, LATECOMER])
      for (const { opCode, content } of forgedFor(SELF, attacker))
        script.tellData('m', opCode, content, attacker);
    for (const { opCode, content } of forgedFor(SELF, HOST)) script.tellData('m', opCode, content);
    expect(stateOf()).toEqual(before);
  });

  test('that a player made, a 9010 is never believed', async () => {
    await join(false);
    const [forged] = forgedFor(SELF, HOST);
    script.tellData('m', 9010, forged?.content ?? {}, HOST);
    script.tellData('m', 9010, forged?.content ?? {});
    expect(stateOf()).toEqual({ state: 'connecting', room: null, ids: [], iceServers: [], errors: [] });
  });

  test('that a player made, the host is who was there before and has peer id 1', async () => {
    await join(false);
    const ids = { [HOST]: 1, [SELF]: 2 };
    script.tellData('m', 9002, playersIn(ids), OTHER);
    script.tellData('m', 9002, playersIn({ [LATECOMER]: 1, [SELF]: 2 }), LATECOMER);
    script.tellData('m', 9002, playersIn(ids));
    expect(match.players).toEqual([]);

    script.tellData('m', 9002, playersIn(ids), HOST);
    expect(match.playersByPeerId.get(1)?.sessionId).toBe(HOST);
  });

  test('that a player made, nobody takes the place of the host', async () => {
    await join(false);
    script.tellData('m', 9002, playersIn({ [HOST]: 1, [SELF]: 2 }), HOST);
    script.tellData('m', 9002, playersIn({ [OTHER]: 1, [SELF]: 2, ghost: 3 }), OTHER);
    script.tellData('m', 9003, refusal, OTHER);
    expect(match.players.map(({ sessionId }) => sessionId)).toEqual([HOST, SELF]);
    expect(match.state).toBe('connecting');

    script.tellData('m', 9003, refusal, HOST);
    expect(errors).toMatchObject([{ code: 'match-full', message: 'Full.' }]);
  });

  test('that a player made, the host may refuse at once, a latecomer may not', async () => {
    await join(false);
    script.tellData('m', 9003, refusal, LATECOMER);
    script.tellData('m', 9003, refusal);
    expect(errors).toEqual([]);
    script.tellData('m', 9003, refusal, HOST);
    expect(errors).toMatchObject([{ code: 'match-full' }]);
    expect(match.state).toBe('lobby');
  });
});
