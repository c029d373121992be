import fc from 'fast-check';
import { decodeFrame, encodeFrame, type Frame, nearest } from '../../../clients/web/src/frame.ts';
import { KEPT_BYTES, Line, PART_BYTES } from '../../../clients/web/src/line.ts';

/** A way between two ends, in order in each direction, until it is cut: then what was on it is gone, in part or all. */
interface Way {
  readonly toA: Uint8Array[];
  readonly toB: Uint8Array[];
  isOpen: boolean;
}

interface End {
  readonly line: Line;
  readonly got: string[];
}

const newWay = (): Way => ({ toA: [], toB: [], isOpen: true });
const newEnd = (first?: number): End => ({ line: new Line(0, first), got: [] });

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const bytesOf = (words: string) => new Uint8Array(Buffer.from(words));

/** Two ends, and all the ways that they have had: what is on an old one may still arrive. */
class Pair {
  readonly a: End;
  readonly b: End;
  ways: Way[] = [newWay()];
  sent = { a: 0, b: 0 };
  readonly size: (index: number) => number;

  constructor(first = 1, size: (index: number) => number = () => 0) {
    this.a = newEnd(first);
    this.b = newEnd(first);
    this.size = size;
  }

  get way(): Way {
    return this.ways.at(-1) as Way;
  }

  push(who: 'a' | 'b'): void {
    const index = this.sent[who]++;
    const { line } = this[who];
    const data = bytesOf(`${who}${index} `.padEnd(this.size(index), '.'));
    if (line.takes(data.length)) line.push(data, true);
    else this.sent[who]--;
  }

  /** Puts out up to so many parts. */
  pump(who: 'a' | 'b', most: number): void {
    if (!this.way.isOpen) return;
    const out = who === 'a' ? this.way.toB : this.way.toA;
    for (let count = 0; count < most; count++) {
      const frame = this[who].line.take();
      if (frame === null) return;
      out.push(encodeFrame(frame));
    }
  }

  /** Up to so many frames of a way arrive, and are acknowledged by the way that is open, perhaps. */
  deliver(way: Way, who: 'a' | 'b', most: number, acks: boolean): void {
    const { line, got } = this[who];
    const queue = who === 'a' ? way.toA : way.toB;
    for (const bytes of queue.splice(0, most)) {
      const frame = decodeFrame(bytes) as Frame;
      if (frame.kind === 'ack') line.acknowledge(frame.number);
      else {
        const whole = line.accept(frame);
        if (whole !== null) got.push(text(whole.data));
      }
    }
    const back = who === 'a' ? this.way.toB : this.way.toA;
    if (acks && this.way.isOpen) back.push(encodeFrame(line.acknowledgement));
  }

  /** Part of what is on the way is lost, at its end; the rest may still arrive, late. */
  cut(lost: number): void {
    const { way } = this;
    way.isOpen = false;
    for (const queue of [way.toA, way.toB]) queue.splice(Math.max(0, queue.length - lost));
  }

  change(): void {
    if (this.way.isOpen) this.cut(0);
    this.ways.push(newWay());
    this.a.line.rewind();
    this.b.line.rewind();
  }

  settle(): void {
    this.change();
    for (let rounds = 0; rounds < 20_000; rounds++) {
      if (this.a.line.keptBytes === 0 && this.b.line.keptBytes === 0 && !this.a.line.hasNext) return;
      for (const who of ['a', 'b'] as const) this.pump(who, 64);
      for (const who of ['b', 'a'] as const) this.deliver(this.way, who, 1000, true);
    }
    throw new Error('it never came to rest');
  }

  expectAll(): void {
    const all = (who: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${who}${index} `.padEnd(this.size(index), '.'));
    expect(this.b.got).toEqual(all('a', this.sent.a));
    expect(this.a.got).toEqual(all('b', this.sent.b));
  }
}

const who = fc.constantFrom('a' as const, 'b' as const);
const doing = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('push' as const), who, fc.integer({ min: 1, max: 40 })) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('pump' as const), who, fc.integer({ min: 1, max: 30 })) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('deliver' as const), who, fc.integer({ min: 1, max: 60 })) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('late' as const), who, fc.integer({ min: 1, max: 60 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('cut' as const), who, fc.nat(20)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('change' as const), who, fc.nat(1)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('lose' as const), who, fc.nat(20)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('rewind' as const), who, fc.nat(1)) },
);

type Doing = typeof doing extends fc.Arbitrary<infer T> ? T : never;

function play(pair: Pair, [what, side, amount]: Doing): void {
  switch (what) {
    case 'push':
      for (let count = 0; count < amount; count++) pair.push(side);
      break;
    case 'pump':
      pair.pump(side, amount);
      break;
    case 'deliver':
      pair.deliver(pair.way, side, amount, amount % 3 > 0);
      break;
    case 'late':
      for (const way of pair.ways) pair.deliver(way, side, amount, false);
      break;
    case 'cut':
      pair.cut(amount);
      break;
    case 'change':
      pair.change();
      // Twice in a row, without anything in between.
      if (amount === 1) pair.change();
      break;
    case 'lose':
      // What a server has no budget for is lost in the midst of what it passes on.
      (side === 'a' ? pair.way.toA : pair.way.toB).splice(amount, 1);
      break;
    case 'rewind':
      // What a server does not pass on goes out again by the same way.
      pair[side].line.rewind();
  }
}

/** Of none, one, and several parts. */
const sizeOf = (index: number) => [0, 10, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES][index % 5] as number;

test('whatever becomes of the ways, each message arrives once and in order, in both directions', () => {
  const first = fc.constantFrom(1, 1, 2 ** 31 - 20, 2 ** 32 - 20, 2 ** 33 - 3);
  const property = fc.property(first, fc.array(doing, { maxLength: 80 }), (start, doings) => {
    const pair = new Pair(start, sizeOf);
    for (const one of doings) play(pair, one);
    pair.settle();
    pair.expectAll();
  });
  fc.assert(property, { numRuns: 300 });
});

test('10,000 messages each way arrive once and in order across random changes of way', () => {
  const [seed = 1] = fc.sample(fc.integer(), 1);
  const pair = new Pair(2 ** 32 - 5_000);
  const doings = fc.sample(doing, { numRuns: 200_000, seed });
  let changes = 0;
  for (const one of doings) {
    if (pair.sent.a >= 10_000 && pair.sent.b >= 10_000) break;
    if (one[0] === 'change') changes++;
    // A way that was cut is changed soon, or nothing would move.
    if (!pair.way.isOpen && one[0] === 'pump') pair.change();
    play(pair, one);
    pair.ways = pair.ways.slice(-4);
  }
  while (pair.sent.a < 10_000 || pair.sent.b < 10_000) {
    pair.push('a');
    pair.push('b');
    if (pair.sent.a % 500 === 0) pair.settle();
  }
  pair.settle();
  expect({ seed, changes: changes > 50, sent: Math.min(pair.sent.a, pair.sent.b) >= 10_000 }).toEqual({
    ...{ seed, changes: true, sent: true },
  });
  pair.expectAll();
});

test('a change of way before the first message, and twice without any, loses and repeats nothing', () => {
  const pair = new Pair();
  pair.change();
  pair.change();
  expect([pair.a.line.take(), pair.a.line.hasNext, pair.a.line.keptBytes]).toEqual([null, false, 0]);
  pair.push('b');
  pair.pump('b', 1);
  pair.change();
  pair.change();
  pair.settle();
  pair.expectAll();
});

test('a way that is cut in the midst of a message, and again in the midst of the repetition, completes it on the third', () => {
  const pair = new Pair(1, () => 10 * PART_BYTES);
  pair.push('a');
  for (const parts of [4, 7]) {
    pair.pump('a', 10);
    pair.deliver(pair.way, 'b', parts, false);
    pair.change();
  }
  expect(pair.b.got).toEqual([]);
  pair.settle();
  pair.expectAll();
});

test('what was said by a way that is gone, and comes late, is no second message', () => {
  const pair = new Pair();
  pair.push('a');
  pair.pump('a', 1);
  const old = pair.way;
  pair.settle();
  pair.deliver(old, 'b', 10, true);
  pair.expectAll();
});

test('acknowledgements of what was never sent, and old ones, change nothing', () => {
  const { line } = newEnd();
  line.push(bytesOf('one'), false);
  line.push(bytesOf('two'), false);
  line.take();
  expect([0, 1, 4, 2 ** 31, 2 ** 32 - 1].map((number) => line.acknowledge(number))).toEqual([
    ...[false, false, false, false, false],
  ]);
  expect([line.acknowledge(2), line.acknowledge(2), line.keptBytes]).toEqual([true, false, 3]);
});

test('what is kept is bounded, and room is there again when it was acknowledged', () => {
  const { line } = newEnd();
  line.push(new Uint8Array(KEPT_BYTES), false);
  expect([line.takes(1), line.takes(0)]).toEqual([false, true]);
  while (line.take() !== null) {}
  expect(line.acknowledge(1 + line.underway)).toBe(true);
  expect([line.takes(1), line.keptBytes, line.underway]).toEqual([true, 0, 0]);
});

test('a message that never ends takes no more memory than one may, and what comes after it arrives', () => {
  const { line } = newEnd();
  const frame = {
    kind: 'reliable',
    epoch: 0,
    isText: false,
    sentMs: 0,
    data: new Uint8Array(60_000),
  } as const;
  for (let number = 1; number <= 30; number++)
    expect(line.accept({ ...frame, number, isLast: number === 30 })).toBeNull();
  expect(line.accept({ ...frame, data: bytesOf('next'), number: 31, isLast: true })?.data).toEqual(
    bytesOf('next'),
  );
});

test('the number meant is the one nearby, on either side of where 32 bits begin anew', () => {
  const near = fc.integer({ min: 2 ** 31, max: 2 ** 50 });
  const away = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(fc.property(near, away, (one, by) => nearest((one + by) % 2 ** 32, one) === one + by));
});

test('a frame is read as it was written, and what is too short or of no kind is none', () => {
  const kind = fc.constantFrom('reliable', 'unreliable', 'ack', 'probe', 'echo', 'word');
  const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const frame = fc.record({
    ...{ kind, epoch: fc.nat(255), number: u32, isLast: fc.boolean(), isText: fc.boolean(), sentMs: u32 },
    data: fc.uint8Array({ maxLength: 50 }),
  });
  const property = fc.property(frame, (one) => {
    const written = { ...one, sentMs: one.kind === 'unreliable' ? one.sentMs : 0 } as Frame;
    const bytes = encodeFrame(written);
    expect({ ...decodeFrame(bytes), data: [...one.data] }).toEqual({ ...written, data: [...one.data] });
    expect(decodeFrame(bytes.subarray(0, 6))).toBeNull();
  });
  fc.assert(property);
  expect(decodeFrame(new Uint8Array([9, 0, 0, 0, 0, 0, 0]))).toBeNull();
});
