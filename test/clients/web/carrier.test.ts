import fc from 'fast-check';
import { Carrier, DRAINED_BYTES, type Way } from '../../../clients/web/src/carrier.ts';
import { decodeFrame } from '../../../clients/web/src/frame.ts';
import { KEPT_BYTES, PART_BYTES } from '../../../clients/web/src/line.ts';

beforeEach(() => jest.useFakeTimers({ now: 2 ** 32 - 5_000 }));
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTime(ms);
const DELAY_MS = 20;
/** What the played server passes on. */
const BUDGET = { bytes: 16_384, frames: 60 };

/** Two ends with channels and a server between them, whose delays, cuts and budgets a test plays. */
class Pair {
  /** By who sent it. */
  readonly got: [string[], string[]] = [[], []];
  readonly drained: [number, number] = [0, 0];
  readonly ends: [Carrier, Carrier];
  isOnline = true;
  slowDowns = 0;
  /** A channel that closes takes along what is on it. */
  private channel = 0;
  private readonly used = [
    { bytes: 0, frames: 0, atMs: 0 },
    { bytes: 0, frames: 0, atMs: 0 },
  ];

  constructor() {
    const end = (own: 0 | 1) =>
      new Carrier({
        epoch: 3,
        sendByChannel: (bytes) => {
          const { channel } = this;
          const arrive = () => channel === this.channel && this.ends[1 - own]?.receive(bytes, 'channels');
          setTimeout(arrive, DELAY_MS);
        },
        sendByServer: (bytes) => {
          if (this.isOnline) setTimeout(() => this.serve(own, bytes), DELAY_MS);
          return this.isOnline;
        },
        onMessage: (data) =>
          this.got[1 - own]?.push(typeof data === 'string' ? data : `${data.byteLength} bytes`),
        onWord: () => {},
        onHeard: () => {},
        onDrained: () => this.drained[own]++,
      });
    this.ends = [end(0), end(1)];
  }

  cut(): void {
    this.channel++;
  }

  use(way: Way | null): void {
    for (const end of this.ends) end.way = way;
  }

  close(): void {
    for (const end of this.ends) end.close();
  }

  /** As the room does: over the budget reliable frames have their sender told, others are dropped. */
  private serve(from: 0 | 1, bytes: Uint8Array): void {
    const used = this.used[from] as { bytes: number; frames: number; atMs: number };
    const sec = (Date.now() - used.atMs) / 1000;
    used.bytes = Math.max(0, used.bytes - BUDGET.bytes * sec);
    used.frames = Math.max(0, used.frames - BUDGET.frames * sec);
    used.atMs = Date.now();
    if (used.bytes + bytes.length > 2 * BUDGET.bytes || used.frames + 1 > 2 * BUDGET.frames) {
      if (bytes[0] !== 1) return;
      this.slowDowns++;
      setTimeout(() => this.ends[from].slowDown(250), DELAY_MS);
      return;
    }
    used.bytes += bytes.length;
    used.frames++;
    this.ends[1 - from]?.receive(bytes, 'server');
  }
}

test('data goes by the channels, as it was: text, bytes, none and much', () => {
  const pair = new Pair();
  pair.use('channels');
  const [a] = pair.ends;
  for (const data of ['text', '', new Uint8Array(7), new ArrayBuffer(0), new Uint8Array(3 * PART_BYTES + 1)])
    a.send(data, true);
  a.send(new Uint8Array([0, 1, 2, 3]).subarray(1, 3), false);
  pass(DELAY_MS);
  expect(pair.got[0]).toEqual(['text', '', '7 bytes', '0 bytes', '6001 bytes', '2 bytes']);
  pass(1_000);
  expect([a.bufferedAmount, jest.getTimerCount()]).toEqual([0, 0]);
});

test('the server is not asked for more than it passes on for long, and all arrives', () => {
  const pair = new Pair();
  pair.use('server');
  pair.ends[0].send(new Uint8Array(200_000), true);
  for (let index = 0; index < 100; index++) pair.ends[0].send(`small ${index}`, true);
  pass(20_000);
  expect(pair.got[0]).toEqual([
    '200000 bytes',
    ...Array.from({ length: 100 }, (_, index) => `small ${index}`),
  ]);
  expect(pair.slowDowns).toBeGreaterThan(0);
  expect(pair.slowDowns).toBeLessThan(80);
  expect(jest.getTimerCount()).toBe(0);
});

test('a frame that the server loses without a word is sent again, ever more rarely', () => {
  const pair = new Pair();
  pair.use('server');
  pair.isOnline = false;
  pair.ends[0].send('one', true);
  pass(5_000);
  pair.isOnline = true;
  pass(1_000);
  expect(pair.got[0]).toEqual(['one']);
  const sent: number[] = [];
  const lonely = new Carrier({
    ...{ epoch: 0, sendByChannel: () => {}, onMessage: () => {}, onWord: () => {}, onHeard: () => {} },
    sendByServer: () => sent.push(Date.now()) > 0,
    onDrained: () => {},
  });
  lonely.way = 'server';
  lonely.send('two', true);
  pass(60_000);
  expect(sent.map((at) => (at - (sent[0] as number)) / 1000).slice(0, 5)).toEqual([0, 1, 3, 7, 15]);
  lonely.close();
});

test('what is sent without a way waits for one; unreliable data is lost', () => {
  const pair = new Pair();
  pair.ends[0].send('kept', true);
  pair.ends[0].send('lost', false);
  pass(60_000);
  expect(jest.getTimerCount()).toBe(0);
  pair.use('channels');
  pass(DELAY_MS);
  expect(pair.got[0]).toEqual(['kept']);
});

test('no more waits than is kept, and the game hears when there is room again', () => {
  const pair = new Pair();
  const [a] = pair.ends;
  a.send(new Uint8Array(KEPT_BYTES), true);
  expect(() => a.send('more', true)).toThrow(expect.objectContaining({ code: 'buffer-full' }));
  expect(a.bufferedAmount).toBe(KEPT_BYTES);
  pair.use('channels');
  pass(1_000);
  expect([pair.got[0], pair.drained]).toEqual([[`${KEPT_BYTES} bytes`], [1, 0]]);
  a.send('more', true);
  pass(1_000);
  expect(pair.drained).toEqual([1, 0]);
  a.send(new Uint8Array(DRAINED_BYTES + 1), true);
  pass(1_000);
  expect(pair.drained).toEqual([2, 0]);
});

test('unreliable data through the server is dropped where it is long or the budget is used up, and nothing waits for it', () => {
  const pair = new Pair();
  pair.use('server');
  const [a] = pair.ends;
  a.send(new Uint8Array(PART_BYTES + 1), false);
  for (let index = 0; index < 200; index++) a.send(`${index}`, false);
  pass(60_000);
  expect(pair.got[0].slice(0, 2)).toEqual(['0', '1']);
  expect(pair.got[0].length).toBeLessThanOrEqual(121);
  expect([a.bufferedAmount, pair.slowDowns, jest.getTimerCount()]).toEqual([0, 0, 0]);
});

test('frames of another epoch, and what is no frame, do nothing', () => {
  const got: unknown[] = [];
  const frames: Uint8Array[] = [];
  const carrier = (epoch: number) =>
    new Carrier({
      epoch,
      sendByChannel: (bytes) => frames.push(bytes),
      sendByServer: () => true,
      onMessage: (data) => got.push(data),
      ...{ onWord: () => {}, onHeard: () => got.push('heard'), onDrained: () => {} },
    });
  const [before, after] = [carrier(1), carrier(2)];
  before.way = 'channels';
  before.send('of before the reload', true);
  for (const bytes of frames) after.receive(bytes, 'server');
  for (const bytes of [[], [1], [99, 2, 0, 0, 0, 0, 0]]) after.receive(new Uint8Array(bytes), 'server');
  expect(got).toEqual([]);
  for (const end of [before, after]) end.close();
});

test('the time there and back is known after a probe, by the way in use alone', () => {
  const pair = new Pair();
  pair.use('channels');
  pair.ends[0].probe();
  pass(2 * DELAY_MS);
  expect(pair.ends[0].rttMs).toBe(2 * DELAY_MS);
  pair.use('server');
  expect(pair.ends[0].rttMs).toBeNull();
});

test('whoever probes without end uses up little of what this end may send', () => {
  const frames: string[] = [];
  const carrier = new Carrier({
    ...{ epoch: 0, sendByChannel: () => {}, onMessage: () => {}, onWord: () => {}, onHeard: () => {} },
    sendByServer: (bytes) => frames.push(decodeFrame(bytes)?.kind ?? '') > 0,
    onDrained: () => {},
  });
  for (let probes = 0; probes < 100; probes++) {
    carrier.receive(new Uint8Array([4, 0, 0, 0, 0, 0, 0]), 'server');
    pass(10);
  }
  expect(frames).toEqual(['echo', 'echo', 'echo', 'echo']);
  carrier.close();
});

const side = fc.constantFrom(0 as const, 1 as const);
const doing = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('send' as const), side, fc.integer({ min: 1, max: 30 })) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('pass' as const), side, fc.integer({ min: 1, max: 400 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('cut' as const), side, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('channels' as const), side, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('server' as const), side, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('none' as const), side, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('offline' as const), side, fc.integer({ min: 0, max: 1 })) },
);

test('whatever becomes of channels and server, at one end or both, all arrives once and in order', () => {
  const property = fc.property(fc.array(doing, { maxLength: 60 }), (doings) => {
    const pair = new Pair();
    const sent: [string[], string[]] = [[], []];
    for (const [what, own, amount] of doings) {
      const end = pair.ends[own];
      if (what === 'pass') pass(amount);
      if (what === 'cut') pair.cut();
      if (what === 'channels' || what === 'server') end.way = what;
      if (what === 'none') end.way = null;
      if (what === 'offline') pair.isOnline = amount === 0;
      if (what !== 'send') continue;
      for (let count = 0; count < amount; count++) {
        const text = `${sent[own].length} `.padEnd(count % 5 === 0 ? PART_BYTES + 7 : 3, '.');
        end.send(text, true);
        sent[own].push(text);
      }
    }
    pair.isOnline = true;
    pair.cut();
    // By different ways: nobody agrees upon one.
    pair.ends[0].way = 'server';
    pair.ends[1].way = 'channels';
    pass(300_000);
    expect(pair.got).toEqual(sent);
    expect([pair.ends[0].bufferedAmount, pair.ends[1].bufferedAmount, jest.getTimerCount()]).toEqual([
      0, 0, 0,
    ]);
    pair.close();
  });
  fc.assert(property, { numRuns: 100 });
});

test('what a server may drop does not say that it is kept', () => {
  const firsts: number[] = [];
  const carrier = new Carrier({
    ...{ epoch: 0, sendByChannel: () => {}, onMessage: () => {}, onWord: () => {}, onHeard: () => {} },
    sendByServer: (bytes) => firsts.push(bytes[0] as number) > 0,
    onDrained: () => {},
  });
  carrier.way = 'server';
  carrier.probe();
  carrier.say('ping');
  carrier.send('lost', false);
  expect(firsts).not.toContain(1);
  carrier.send('kept', true);
  expect(firsts.at(-1)).toBe(1);
  expect(decodeFrame(new Uint8Array([1, 0, 0, 0, 0, 0, 0]))?.kind).toBe('reliable');
  carrier.close();
});
