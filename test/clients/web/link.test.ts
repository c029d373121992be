import type { OnlineMatchError } from '../../../clients/web/src/errors.ts';
import { Link } from '../../../clients/web/src/link.ts';
import type { LinkContext } from '../../../clients/web/src/link-context.ts';
import {
  CONNECT_MS,
  INTERRUPTION_MS,
  MAX_RETRY_MS,
  RESTART_MS,
} from '../../../clients/web/src/link-times.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import { PlayedConnection } from './played-connection.ts';

const latest = () => PlayedConnection.made.at(-1) as PlayedConnection;
let sent: string[];
let states: string[];

beforeEach(() => {
  jest.useFakeTimers();
  PlayedConnection.made = [];
  sent = [];
  states = [];
});
afterEach(() => jest.useRealTimers());

const wordsFor = (signal: Signal) =>
  signal.kind === 'description' ? `${signal.type} ${signal.sdp} ${signal.offerNumber}` : signal.kind;

function openLink({ isOfferer = true, isAnnounced = true, ...rest }: Partial<LinkContext> = {}): Link {
  const RTCPeerConnection = PlayedConnection as unknown as typeof globalThis.RTCPeerConnection;
  const link = new Link({
    isOfferer,
    isAnnounced,
    connectionOptions: () => ({ RTCPeerConnection, iceServers: [], relay: 'auto', hasWords: isAnnounced }),
    can: isAnnounced ? ['ice_restart'] : [],
    epoch: 0,
    canSignal: () => true,
    sendByServer: () => true,
    refreshIce: async () => {},
    onDrained: () => {},
    send: (signal) => sent.push(wordsFor(signal)),
    onState: (state) => states.push(state),
    onMessage: () => {},
    onWords: () => {},
    onWord: () => {},
    media: null,
    onError: () => {},
    ...rest,
  });
  link.open();
  return link;
}

async function connected(options = {}): Promise<Link> {
  const link = openLink(options);
  await pass(0);
  latest().open();
  return link;
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

test('one side makes the offer, the other waits for it', async () => {
  openLink();
  await pass(0);
  expect(sent).toEqual(['offer first 1']);
  sent = [];
  const waiting = openLink({ isOfferer: false });
  await pass(0);
  expect(sent).toEqual([]);
  waiting.onSignal({ kind: 'description', type: 'offer', sdp: 'theirs', offerNumber: 7 });
  await pass(0);
  expect(sent).toEqual(['answer answer 7']);
});

test('a network that is back within a moment changes nothing', async () => {
  await connected();
  latest().becomes('disconnected');
  await pass(INTERRUPTION_MS - 1);
  latest().becomes('connected');
  await pass(CONNECT_MS);
  expect([sent, states]).toEqual([['offer first 1'], ['connected']]);
});

test.each(['disconnected', 'failed'] as const)(
  'a %s network is restarted where both players announced themselves',
  async (how) => {
    await connected();
    latest().becomes(how);
    await pass(INTERRUPTION_MS);
    expect(sent).toEqual(['offer first 1', 'offer restart 2']);
    latest().becomes('connected');
    expect(states).toEqual(['connected', 'connecting', 'connected']);
    expect(PlayedConnection.made).toHaveLength(1);
  },
);

test('a restart that does not help gives way to a new connection', async () => {
  await connected();
  latest().becomes('failed');
  await pass(RESTART_MS + 1);
  expect(sent).toEqual(['offer first 1', 'offer restart 2', 'reconnect', 'offer first 3']);
  expect(PlayedConnection.made.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('with an addon there is a new connection at once, never a restart', async () => {
  await connected({ isAnnounced: false });
  latest().becomes('failed');
  await pass(0);
  expect(sent).toEqual(['offer first 1', 'reconnect', 'offer first 2']);
});

test('nor with a client that announced itself and cannot, as Godot’s', async () => {
  await connected({ isAnnounced: true, can: ['media'] });
  latest().becomes('failed');
  await pass(0);
  expect(sent).toEqual(['offer first 1', 'reconnect', 'offer first 2']);
});

test('the side that does not offer waits for the other, and connects anew when that says so', async () => {
  const link = await connected({ isOfferer: false });
  latest().becomes('failed');
  expect(states).toEqual(['connected', 'connecting']);
  link.onSignal({ kind: 'reconnect' });
  expect(PlayedConnection.made).toHaveLength(2);
  await pass(CONNECT_MS);
  expect([sent, states]).toEqual([[], ['connected', 'connecting', 'failed']]);
});

test('tries go on after a failure, ever slower, and end with the link', async () => {
  const link = openLink();
  await pass(CONNECT_MS);
  expect(states).toEqual(['failed']);
  const triesIn = async (ms: number) => {
    sent = [];
    await pass(ms);
    return sent.filter((each) => each === 'reconnect').length;
  };
  const early = await triesIn(10 * CONNECT_MS);
  const late = await triesIn(10 * (CONNECT_MS + MAX_RETRY_MS));
  expect(early).toBeGreaterThan(3);
  expect(late).toBe(10);
  link.close();
  expect(await triesIn(10 * (CONNECT_MS + MAX_RETRY_MS))).toBe(0);
  expect(latest().isClosed).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

describe('when the other player, or this one, has no socket', () => {
  let canSignal: boolean;
  beforeEach(() => {
    canSignal = true;
  });
  const offline = { canSignal: () => canSignal };

  test('an open link is left alone', async () => {
    const link = await connected(offline);
    canSignal = false;
    await pass(10 * CONNECT_MS);
    canSignal = true;
    link.renegotiate({ wasAway: true });
    await pass(CONNECT_MS);
    expect([sent, states]).toEqual([['offer first 1'], ['connected']]);
    expect(link.isOpen).toBe(true);
  });

  test('a link that breaks waits, without a try, and is negotiated anew on the return', async () => {
    const link = await connected({ ...offline, isAnnounced: false });
    canSignal = false;
    latest().becomes('failed');
    await pass(10 * CONNECT_MS);
    expect(sent).toEqual(['offer first 1']);
    canSignal = true;
    link.renegotiate({ wasAway: false });
    await pass(0);
    expect(sent).toEqual(['offer first 1', 'reconnect', 'offer first 2']);
  });

  test('channels that are open yet are kept by an ICE restart on the return', async () => {
    const link = await connected(offline);
    canSignal = false;
    latest().becomes('failed');
    canSignal = true;
    link.renegotiate({ wasAway: true });
    await pass(0);
    expect(sent).toEqual(['offer first 1', 'offer restart 2']);
    expect(PlayedConnection.made).toHaveLength(1);
  });

  test('a link that never began begins then', async () => {
    canSignal = false;
    const link = openLink(offline);
    await pass(CONNECT_MS);
    expect([sent, PlayedConnection.made]).toEqual([[], []]);
    canSignal = true;
    link.renegotiate({ wasAway: false });
    await pass(0);
    expect(sent).toEqual(['offer first 1']);
  });

  test('the side that answers asks for it when it was away itself, and else waits', async () => {
    const link = openLink({ ...offline, isOfferer: false });
    link.renegotiate({ wasAway: false });
    expect(sent).toEqual([]);
    link.renegotiate({ wasAway: true });
    expect(sent).toEqual(['reconnect']);
  });
});

describe('a signal of an earlier connection', () => {
  test('changes nothing', async () => {
    const link = await connected();
    link.onSignal({ kind: 'reconnect', connection: 1 });
    await pass(0);
    latest().open();
    expect(PlayedConnection.made).toHaveLength(2);
    for (const kind of ['reconnect', 'reconnect'] as const) link.onSignal({ kind, connection: 1 });
    link.onSignal({ kind: 'description', type: 'answer', sdp: 'late', offerNumber: 1, connection: 1 });
    await pass(0);
    expect(PlayedConnection.made).toHaveLength(2);
    expect(link.isOpen).toBe(true);
  });

  test('is told from a restart of one that is there no more, which is asked to begin anew', async () => {
    const link = await connected({ isOfferer: false });
    sent = [];
    link.onSignal({ kind: 'description', type: 'offer', sdp: 'restart', offerNumber: 7, connection: 5 });
    expect(sent).toEqual(['reconnect']);
    link.onSignal({ kind: 'description', type: 'offer', sdp: 'first', offerNumber: 8, connection: 8 });
    await pass(0);
    expect(sent).toEqual(['reconnect', 'answer answer 8']);
  });
});

describe('where all must go through a TURN server, and there is none', () => {
  const RTCPeerConnection = PlayedConnection as unknown as typeof globalThis.RTCPeerConnection;
  const forced = (iceServers: readonly RTCIceServer[]) => () =>
    ({ RTCPeerConnection, iceServers, relay: 'forced', hasWords: true }) as const;
  const TURN = [{ urls: 'turn:a' }];
  let errors: string[];
  beforeEach(() => {
    errors = [];
  });
  const onError = ({ code }: OnlineMatchError) => errors.push(code);

  test.each([true, false])(
    'it fails at once, says why once, and tries nothing (offers: %s)',
    async (isOfferer) => {
      const link = openLink({ isOfferer, onError, connectionOptions: forced([{ urls: 'stun:a' }]) });
      expect([link.state, link.failure, states, errors]).toEqual([
        'failed',
        'no-relay',
        ['failed'],
        ['no-relay'],
      ]);
      await pass(10 * CONNECT_MS);
      expect([errors, sent, PlayedConnection.made, jest.getTimerCount()]).toEqual([['no-relay'], [], [], 0]);
    },
  );

  test.each([
    [true, ['reconnect', 'offer first 2']],
    [false, ['reconnect']],
  ])('it begins when there is one (offers: %s)', async (isOfferer, signals) => {
    let servers: readonly RTCIceServer[] = [];
    const link = openLink({ isOfferer, onError, connectionOptions: () => forced(servers)() });
    servers = TURN;
    link.setIceServers(servers);
    await pass(0);
    expect(sent.slice(0, signals.length)).toEqual(signals);
    latest().open();
    expect([link.state, link.failure]).toEqual(['connected', null]);
  });

  test('it fails at once at the other end too, which the server tells, and stops its tries', async () => {
    const link = openLink({ onError });
    await pass(0);
    link.onOtherLacksRelay();
    expect([link.state, link.failure, errors]).toEqual(['failed', 'no-relay', ['no-relay']]);
    sent = [];
    await pass(10 * CONNECT_MS);
    expect([sent, jest.getTimerCount()]).toEqual([[], 0]);
    link.onSignal({ kind: 'reconnect' });
    await pass(0);
    latest().open();
    expect(link.state).toBe('connected');
  });
});

test('the side that answers asks for a new connection when the other has not noticed for long', async () => {
  await connected({ isOfferer: false });
  latest().becomes('failed');
  await pass(CONNECT_MS);
  expect([sent, states]).toEqual([['reconnect'], ['connected', 'connecting', 'failed']]);
  await pass(10 * CONNECT_MS);
  expect(sent).toHaveLength(1);
});
