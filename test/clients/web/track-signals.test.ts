import fc from 'fast-check';
import { TRACK_ANSWER_MS } from '../../../clients/web/src/link-times.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import { type End, LinkedPair } from './linked-pair.ts';
import { WordyPeer } from './tracks-in-words.ts';

// Tracks that come and go at both ends, whose signals are late, come twice, out of order or not at all.

interface Sent {
  readonly from: 0 | 1;
  readonly signal: Signal;
  arrive(): void;
}

let sent: Sent[];
let pair: LinkedPair;

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const track = () => ({ kind: 'audio' }) as MediaStreamTrack;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function open(): void {
  WordyPeer.all = [];
  sent = [];
  pair = new LinkedPair({
    RTCPeerConnection: WordyPeer as unknown as typeof RTCPeerConnection,
    carry: (arrive, signal, from) => sent.push({ arrive, signal, from }),
  });
  pair.open();
}

/** For so long all arrives, 100 ms after it was sent. */
async function calm(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    const underway = sent.splice(0);
    await pass(100);
    for (const { arrive } of underway) arrive();
    await pass(0);
  }
}

const counts = ([one, other]: readonly [End, End]) => [one.heard.size, other.heard.size];

const step = fc.record({
  end: fc.constantFrom(0, 1) as fc.Arbitrary<0 | 1>,
  act: fc.constantFrom('add', 'remove', 'both', 'none'),
  at: fc.nat(),
  isTwice: fc.boolean(),
  isDropped: fc.boolean(),
  ms: fc.constantFrom(0, 0, 100, 1_000, 6_000),
});

/**
 * Plays the steps; each of them lets one of the signals underway arrive, `isInOrder` the first of an end's. Returns how many tracks
 * each end has in the end.
 */
async function play(
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
  { isInOrder }: { isInOrder: boolean },
) {
  const own: [MediaStreamTrack[], MediaStreamTrack[]] = [[], []];
  const add = (end: 0 | 1) => {
    const added = track();
    own[end].push(added);
    pair.ends[end].add(added);
  };
  for (const { end, act, at, isTwice, isDropped, ms } of steps) {
    if (act === 'add' || act === 'both') add(end);
    if (act === 'both') add(end === 0 ? 1 : 0);
    const removed = act === 'remove' ? own[end].shift() : undefined;
    if (removed !== undefined) pair.ends[end].remove(removed);
    await pass(ms);
    const asked = at % Math.max(1, sent.length);
    const next = isInOrder ? sent.findIndex(({ from }) => from === sent[asked]?.from) : asked;
    const [one] = next < 0 ? [] : sent.splice(next, 1);
    if (!isDropped) one?.arrive();
    if (isTwice) one?.arrive();
  }
  return own.map(({ length }) => length);
}

test('however late they come, and twice, the tracks arrive, and the connection stays', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
    open();
    await calm(1_000);
    const [ofOne, ofOther] = await play(
      steps.map((each) => ({ ...each, isDropped: false })),
      { isInOrder: true },
    );
    await calm(60_000);
    expect(counts(pair.ends)).toEqual([ofOther, ofOne]);
    expect(WordyPeer.all.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
    for (const { errors, link } of pair.ends)
      expect([errors, link.state, link.step]).toEqual([[], 'connected', 'direct']);
    pair.close();
  });
  await fc.assert(property, { numRuns: 60 });
});

test('in whatever order they come, and whichever are lost, the tracks arrive in the end', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
    open();
    const [ofOne, ofOther] = await play(steps, { isInOrder: false });
    await calm(180_000);
    expect(counts(pair.ends)).toEqual([ofOther, ofOne]);
    for (const { link } of pair.ends) expect(link.state).toBe('connected');
    pair.close();
  });
  await fc.assert(property, { numRuns: 30 });
});

/** Each hears the other's one track over the connection that was there, on which the ends agree: it takes one more. */
async function expectStanding(): Promise<void> {
  expect(counts(pair.ends)).toEqual([1, 1]);
  for (const end of pair.ends) end.add(track());
  await calm(30_000);
  expect(counts(pair.ends)).toEqual([2, 2]);
  expect(WordyPeer.all.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
  for (const { errors } of pair.ends) expect(errors).toEqual([]);
  pair.close();
}

test('both add a track in one tick: the offer that gives way does nothing, also when it comes once more', async () => {
  open();
  await calm(1_000);
  for (const end of pair.ends) end.add(track());
  for (let tick = 0; tick < 2; tick++) await pass(1);
  expect(sent.map(({ from, signal: { kind } }) => [from, kind]).sort()).toEqual([
    [0, 'description'],
    [1, 'description'],
  ]);
  const late = sent.find(({ from }) => from === 1);
  await calm(10_000);
  late?.arrive();
  await calm(10_000);
  await expectStanding();
});

test('an offer that was lost and made again gives way as the first one does', async () => {
  open();
  await calm(1_000);
  pair.ends[1].add(track());
  for (let lost = 0; lost < 3; lost++) {
    await pass(TRACK_ANSWER_MS);
    sent = [];
  }
  pair.ends[0].add(track());
  // Until the other end's is made again, nothing arrives; then both do.
  while (new Set(sent.map(({ from }) => from)).size < 2) await pass(100);
  await calm(60_000);
  await expectStanding();
});

test('while the other player has no socket nothing is offered, and all is as soon as they are back', async () => {
  open();
  await calm(1_000);
  for (const end of pair.ends) end.canSignal = false;
  for (const end of pair.ends) end.add(track());
  for (let sec = 0; sec < 60; sec++) await pass(1_000);
  expect(sent).toEqual([]);
  for (const end of pair.ends) end.canSignal = true;
  for (const { link } of pair.ends) link.renegotiate({ wasAway: true });
  await calm(2_000);
  await expectStanding();
});

test('whoever turns it on and off all the time leaves descriptions for repairs', async () => {
  open();
  await calm(1_000);
  for (const end of pair.ends) end.sent.length = 0;
  for (let toggled = 0; toggled < 100; toggled++) {
    for (const end of pair.ends) {
      const own = track();
      end.add(own);
      await calm(100);
      end.remove(own);
    }
    await calm(100);
  }
  const descriptions = pair.ends.map(
    ({ sent: all }) => all.filter(({ kind }) => kind === 'description').length,
  );
  // In 30 s; the server passes on 4 in 10 s, and at first 4 at once.
  for (const count of descriptions) expect(count).toBeLessThanOrEqual(16);
  pair.close();
});

test.each([0, 1] as const)('a track that end %s has from the start is there with the link', async (at) => {
  open();
  pair.ends[at].add(track());
  await calm(2_000);
  expect(counts(pair.ends)).toEqual(at === 0 ? [0, 1] : [1, 0]);
  pair.close();
});

test('what is removed is over at the other end, and the same place takes the next one', async () => {
  open();
  await calm(1_000);
  const first = track();
  for (const { heard, begun } of pair.ends) expect([heard.size, begun]).toEqual([0, 0]);
  pair.ends[0].add(first);
  pair.ends[1].add(track());
  await calm(10_000);
  expect(counts(pair.ends)).toEqual([1, 1]);
  pair.ends[0].remove(first);
  await calm(10_000);
  expect(counts(pair.ends)).toEqual([1, 0]);
  pair.ends[0].add(track());
  await calm(10_000);
  expect(WordyPeer.all.map(({ places }) => places.length)).toEqual([1, 1]);
  await expectStanding();
});

test('a new connection carries the tracks of the one before, each of which is over', async () => {
  open();
  await calm(1_000);
  for (const end of pair.ends) end.add(track());
  await calm(10_000);
  pair.ends[0].link.negotiation.reconnect();
  await calm(10_000);
  expect(counts(pair.ends)).toEqual([1, 1]);
  expect(pair.ends.map(({ begun }) => begun)).toEqual([2, 2]);
  expect(WordyPeer.all).toHaveLength(4);
  pair.close();
});

test.each([0, 1] as const)('an ICE restart while end %s adds a track loses neither', async (at) => {
  open();
  await calm(1_000);
  pair.ends[at].add(track());
  pair.ends[0].link.negotiation.restart();
  await calm(10_000);
  expect(counts(pair.ends)).toEqual(at === 0 ? [0, 1] : [1, 0]);
  expect(WordyPeer.all).toHaveLength(2);
  pair.close();
});
