import {
  ANSWER_MS,
  ASK_MS,
  BACK_TRY_MS,
  backPauseOf,
  DIRECT_MS,
  FRESH_MS,
  HOLD_MS,
  INTERRUPTION_MS,
  RESTART_MS,
  SERVER_MS,
  TURN_MS,
} from '../../../clients/web/src/link-times.ts';
import { PlayedConnection } from './played-connection.ts';
import { latest, PlayedLink, pass } from './played-link.ts';

beforeEach(() => {
  jest.useFakeTimers();
  PlayedConnection.made = [];
});
afterEach(() => jest.useRealTimers());

async function connected(...options: ConstructorParameters<typeof PlayedLink>): Promise<PlayedLink> {
  const played = new PlayedLink(...options);
  await pass(0);
  if (!played.link.context.isOfferer)
    played.link.onSignal({ kind: 'description', type: 'offer', sdp: 'v=0', offerNumber: 1, connection: 1 });
  await pass(0);
  latest().open();
  expect(played.news).toEqual(['connected direct']);
  played.signals.length = 0;
  return played;
}

/** By the server, with the other player there. */
async function onServer(): Promise<PlayedLink> {
  const played = await connected({ can: ['fallback'] }, { turn: false });
  latest().becomes('failed');
  await pass(DIRECT_MS);
  played.hear();
  expect(played.news).toEqual(['connecting direct', 'connecting server', 'connected server']);
  return played;
}

test('what does not come up is tried through TURN alone, then through the server, each step visible', async () => {
  const played = new PlayedLink();
  await pass(DIRECT_MS);
  expect([played.news, latest().policy]).toEqual([['connecting turn'], 'relay']);
  await pass(TURN_MS);
  expect(played.news).toEqual(['connecting server']);
  expect(played.frames.map(({ kind }) => kind)).toEqual(['probe']);
  played.hear();
  expect(played.news).toEqual(['connected server']);
  expect(played.link.stats).toMatchObject({ via: 'server' });
  expect(PlayedConnection.made.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('where there is no TURN server that step is left out', async () => {
  const played = new PlayedLink({}, { turn: false });
  await pass(DIRECT_MS);
  expect(played.news).toEqual(['connecting server']);
});

test('what was up and falls is restarted, then tried through TURN alone, then through the server', async () => {
  const played = await connected();
  latest().becomes('failed');
  await pass(0);
  expect([played.news, played.signals]).toEqual([['connecting restart'], ['offer restart']]);
  await pass(RESTART_MS);
  expect([played.news, latest().policy]).toEqual([['connecting turn'], 'relay']);
  await pass(TURN_MS);
  expect(played.news).toEqual(['connecting server']);
});

test('a restart that helps is the end of it', async () => {
  const played = await connected();
  latest().becomes('failed');
  await pass(1_000);
  latest().becomes('connected');
  await pass(10 * DIRECT_MS);
  expect(played.news).toEqual(['connecting restart', 'connected restart']);
});

test('a restart that does not hold gives way to the next step, as does each after it', async () => {
  const played = await connected();
  latest().becomes('failed');
  await pass(1_000);
  latest().becomes('connected');
  await pass(HOLD_MS / 2);
  latest().becomes('failed');
  await pass(0);
  expect(played.news).toEqual(['connecting restart', 'connected restart', 'connecting turn']);
  expect(latest().policy).toBe('relay');
  latest().open();
  await pass(HOLD_MS - 1);
  latest().becomes('failed');
  expect(played.news).toEqual(['connected turn', 'connecting server']);
});

test('one that held is followed by another', async () => {
  const played = await connected();
  for (let time = 0; time < 3; time++) {
    latest().becomes('failed');
    await pass(1_000);
    latest().becomes('connected');
    expect(played.news).toEqual(['connecting restart', 'connected restart']);
    await pass(HOLD_MS);
  }
});

test('without ICE restarts at both ends there is a new connection instead', async () => {
  const played = await connected({ can: ['fallback'] });
  latest().becomes('failed');
  await pass(0);
  expect([played.news, played.signals]).toEqual([['connecting direct'], ['reconnect', 'offer first']]);
});

test('an interruption of three seconds is weather, one of six is repaired, once', async () => {
  const played = await connected();
  latest().becomes('disconnected');
  await pass(3_000);
  latest().becomes('connected');
  await pass(INTERRUPTION_MS);
  expect([played.news, played.signals]).toEqual([[], []]);
  latest().becomes('disconnected');
  await pass(6_000);
  expect([played.news, played.signals]).toEqual([['connecting restart'], ['offer restart']]);
});

test('the server is asked on while it does not bring the other player, and the link has failed meanwhile', async () => {
  const played = new PlayedLink({}, { turn: false });
  await pass(DIRECT_MS + 3 * SERVER_MS);
  expect(played.news).toEqual(['connecting server', 'failed server']);
  expect(played.frames).toHaveLength(4);
  played.hear();
  expect(played.news).toEqual(['connected server']);
});

describe('while the server carries the data', () => {
  test('the direct way is tried from time to time, ever more rarely, and nothing is shown of it', async () => {
    const played = await onServer();
    const triesIn = async (ms: number) => {
      const before = PlayedConnection.made.length;
      await pass(ms);
      return PlayedConnection.made.length - before;
    };
    expect(await triesIn(backPauseOf(0) - 1)).toBe(0);
    expect(await triesIn(1)).toBe(1);
    expect(await triesIn(BACK_TRY_MS + backPauseOf(1) - 1)).toBe(0);
    expect(await triesIn(1)).toBe(1);
    await pass(3_600_000);
    expect(await triesIn(3_600_000)).toBeLessThanOrEqual(12);
    expect(played.news).toEqual([]);
  });

  test('it is taken when it opens, and what was not acknowledged goes by it', async () => {
    const played = await onServer();
    played.link.send('kept', true);
    await pass(backPauseOf(0));
    latest().open();
    expect(played.news).toEqual(['connected direct']);
    expect(latest().texts()).toEqual(['kept']);
  });

  test('what the other player sends by either way arrives', async () => {
    const played = await onServer();
    played.hearText('one');
    await pass(backPauseOf(0));
    latest().open();
    played.hearText('two');
    expect(played.got).toEqual(['one', 'two']);
    expect(played.news).toEqual(['connected direct']);
  });

  test('their wish for a connection changes nothing until it is up', async () => {
    const played = await onServer();
    played.link.onSignal({ kind: 'reconnect' });
    await pass(BACK_TRY_MS);
    expect([played.news, latest().isClosed]).toEqual([[], true]);
  });
});

describe('the player who does not make the offers', () => {
  test('gives the other time, asks, and takes the server at last', async () => {
    const played = await connected({ isOfferer: false });
    latest().becomes('failed');
    expect(played.news).toEqual(['connecting direct']);
    await pass(ASK_MS);
    expect(played.signals).toEqual(['reconnect']);
    await pass(ANSWER_MS);
    expect(played.news).toEqual(['connecting server']);
  });

  test('takes the server as soon as the other does', async () => {
    const played = await connected({ isOfferer: false });
    latest().becomes('failed');
    await pass(FRESH_MS);
    played.hearText('hello');
    expect(played.news).toEqual(['connecting direct', 'connecting server', 'connected server']);
    expect(played.got).toEqual(['hello']);
  });

  test('does not leave channels that are heard for a late frame', async () => {
    const played = await connected({ isOfferer: false });
    played.hearText('late');
    expect([played.news, played.got]).toEqual([[], ['late']]);
  });
});

test('what is sent while nothing is up is kept, and unreliable data is not', async () => {
  const played = await connected();
  latest().becomes('failed');
  played.link.send('first', true);
  played.link.send('lost', false);
  played.link.send('second', true);
  await pass(RESTART_MS + TURN_MS);
  expect(played.texts).toEqual(['first', 'second']);
  expect(played.link.bufferedAmount).toBe('first'.length + 'second'.length);
  expect(played.frames.filter(({ kind }) => kind === 'unreliable')).toEqual([]);
});

test('signalling and link that are cut together heal when signals pass again', async () => {
  const played = await connected();
  played.canSignal = false;
  latest().becomes('failed');
  await pass(5_000);
  expect([played.news, played.signals]).toEqual([['connecting direct'], []]);
  played.canSignal = true;
  played.link.renegotiate({ wasAway: true });
  await pass(0);
  expect(played.signals).toEqual(['offer restart']);
  latest().becomes('connected');
  expect(played.news).toEqual(['connecting restart', 'connected restart']);
});

describe('logins for a TURN server that expire soon', () => {
  test.each([
    [true, 'relay', ['offer restart']],
    [false, 'relay', ['reconnect']],
    [true, 'host', []],
    [false, 'host', []],
  ] as const)(
    'are exchanged where they are in use (offers: %s, by a %s)',
    async (isOfferer, address, signals) => {
      const played = await connected({ isOfferer });
      latest().answersBy(address);
      await played.link.measure();
      played.link.renewLogins();
      await pass(0);
      expect(played.signals).toEqual(signals);
      expect(played.link.state).toBe('connected');
    },
  );

  test('are fetched before each step of a repair', async () => {
    let fetched = 0;
    const refreshIce = async () => void fetched++;
    const played = await connected({ refreshIce });
    latest().becomes('failed');
    await pass(0);
    expect([fetched, played.signals]).toEqual([1, ['offer restart']]);
    await pass(RESTART_MS);
    expect([fetched, played.signals.slice(1)]).toEqual([2, ['reconnect', 'offer first']]);
    await pass(TURN_MS + backPauseOf(0));
    expect([fetched, played.signals.slice(3)]).toEqual([3, ['reconnect', 'offer first']]);
  });

  test('that come late are of no use for a step that is over', async () => {
    const waiting: (() => void)[] = [];
    const refreshIce = () => new Promise<void>((resolve) => waiting.push(resolve));
    const played = await connected({ refreshIce });
    latest().becomes('failed');
    await pass(RESTART_MS);
    waiting.shift()?.();
    await pass(0);
    expect(played.signals).toEqual([]);
    waiting.shift()?.();
    await pass(0);
    expect(played.signals).toEqual(['reconnect', 'offer first']);
  });
});

test('nothing goes on after the end', async () => {
  for (const end of [0, DIRECT_MS, DIRECT_MS + TURN_MS, DIRECT_MS + TURN_MS + SERVER_MS]) {
    const played = new PlayedLink();
    await pass(end);
    played.link.close();
    played.hear();
    await pass(0);
    expect(jest.getTimerCount()).toBe(0);
  }
});
