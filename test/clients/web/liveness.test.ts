import { GameLoop } from '../../../clients/web/src/game-loop.ts';
import { PING_EVERY_MS, SILENT_AWAY_MS, SILENT_MS } from '../../../clients/web/src/heartbeat.ts';
import { Heartbeats } from '../../../clients/web/src/heartbeats.ts';
import type { Mesh } from '../../../clients/web/src/mesh.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A link to a player 2, whose library answers while it is told to. */
function linkedPair() {
  let answers = true;
  let pings = 0;
  const link = {
    state: 'connected',
    say: (word: string) => {
      if (word === 'ping') pings++;
      if (word === 'ping' && answers) queueMicrotask(() => heartbeats.onWord(2, 'pong'));
    },
  };
  const links = new Map([[2, link]]);
  const mesh = { links, get: (peerId: number) => links.get(peerId) } as unknown as Mesh;
  const changes: boolean[] = [];
  const heartbeats: Heartbeats = new Heartbeats({
    mesh,
    loop: new GameLoop(),
    onChanged: (peerId) => changes.push(heartbeats.isSilent(peerId)),
  });
  return {
    heartbeats,
    link,
    changes,
    fall: (isSilent: boolean) => {
      answers = !isSilent;
    },
    pings: () => pings,
  };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a game at the other end of a link', () => {
  test('is silent when it has not answered for ten seconds, until it answers again', async () => {
    const { heartbeats, changes, fall } = linkedPair();
    await pass(60_000);
    expect(changes).toEqual([]);
    fall(true);
    await pass(SILENT_MS);
    expect(changes).toEqual([]);
    await pass(2 * PING_EVERY_MS);
    expect(changes).toEqual([true]);
    await pass(60_000);
    fall(false);
    await pass(PING_EVERY_MS);
    expect(changes).toEqual([true, false]);
    heartbeats.stop();
  });

  test('that never answered is of another kind, and not silent', async () => {
    const { heartbeats, changes, fall } = linkedPair();
    fall(true);
    await pass(60_000);
    expect(changes).toEqual([]);
    heartbeats.stop();
  });

  test('is not silent because this page slept: first it is asked once more', async () => {
    const { heartbeats, changes, fall, pings } = linkedPair();
    await pass(PING_EVERY_MS);
    fall(true);
    await pass(PING_EVERY_MS);
    const before = pings();
    jest.setSystemTime(Date.now() + 70_000);
    await pass(PING_EVERY_MS);
    expect(changes).toEqual([]);
    expect(pings()).toBe(before + 1);
    fall(false);
    await pass(SILENT_MS);
    expect(changes).toEqual([]);
    heartbeats.stop();
  });

  test('is silent soon when its player has lost their socket, unless it answers', async () => {
    const { heartbeats, changes, fall } = linkedPair();
    await pass(PING_EVERY_MS);
    heartbeats.doubt(2);
    await pass(SILENT_AWAY_MS);
    expect(changes).toEqual([]);
    fall(true);
    heartbeats.doubt(2);
    await pass(SILENT_AWAY_MS - 1);
    expect(changes).toEqual([]);
    await pass(1);
    expect(changes).toEqual([true]);
    heartbeats.stop();
  });

  test('whose player has lost their socket is asked once more when this page slept', async () => {
    const { heartbeats, changes, fall } = linkedPair();
    await pass(PING_EVERY_MS);
    fall(true);
    heartbeats.doubt(2);
    jest.setSystemTime(Date.now() + 70_000);
    await pass(SILENT_AWAY_MS);
    expect(changes).toEqual([]);
    fall(false);
    await pass(SILENT_MS);
    expect(changes).toEqual([]);
    heartbeats.stop();
  });

  test('is forgotten with its link', async () => {
    const { heartbeats, link, changes, fall } = linkedPair();
    await pass(PING_EVERY_MS);
    fall(true);
    link.state = 'connecting';
    await pass(60_000);
    expect(changes).toEqual([]);
    heartbeats.stop();
  });
});

describe('the game’s loop', () => {
  test('answers at its next turn; without frames the event loop is the game’s', async () => {
    const loop = new GameLoop();
    const answer = jest.fn();
    loop.soon('host', answer);
    expect(answer).not.toHaveBeenCalled();
    await pass(0);
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test('that the game drives answers then alone, and once however often it was asked', async () => {
    const loop = new GameLoop();
    loop.tick();
    const answer = jest.fn();
    for (let asked = 0; asked < 3; asked++) loop.soon('host', answer);
    await pass(60_000);
    expect(answer).not.toHaveBeenCalled();
    loop.tick();
    loop.tick();
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test('in a browser is its frames, which stop in a hidden tab', () => {
    const frames: (() => void)[] = [];
    Object.assign(globalThis, { requestAnimationFrame: (frame: () => void) => frames.push(frame) });
    const loop = new GameLoop();
    const answer = jest.fn();
    loop.soon('host', answer);
    loop.soon('pong 2', answer);
    jest.advanceTimersByTime(60_000);
    expect(answer).not.toHaveBeenCalled();
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(answer).toHaveBeenCalledTimes(2);
    Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
  });
});
