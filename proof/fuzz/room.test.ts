import type { State } from '../../src/nakama/match/state.ts';
import type { Frame } from './frame.ts';
import { play } from './room/play.ts';
import type { Handler } from './room/program.ts';
import { fuzzRoom } from './room/run.ts';
import { Tally } from './tally.ts';

const FRAMES = 2_000;

interface Nk {
  readonly streamSendRaw: (stream: object, envelope: object, to: object[]) => void;
}

test.each([
  ['always the same', 20_261_121],
  ['another one each time', Math.floor(Math.random() * 1e9)],
])(
  'nothing is found with a seed that is %s, %d',
  async (_, seed) => {
    const { failure, tally } = await fuzzRoom({ frames: FRAMES, seed });
    expect(failure).toBeNull();
    expect(tally.of('matchSignal: data, relayed')).toBeGreaterThan(0);
    expect(tally.of('matchSignal: data, dropped: malformed')).toBeGreaterThan(0);
    expect(tally.of('matchJoinAttempt: match-full')).toBeGreaterThan(0);
  },
  30_000,
);

describe('a fault is found, and shown by a few frames', () => {
  /** Replaces what a handler does. */
  const plant = (handler: string, fault: (original: Handler, args: readonly unknown[]) => unknown) => ({
    plant: (name: string, original: Handler): Handler =>
      name === handler ? (...args) => fault(original, args) : original,
  });

  const faults = {
    'an exception': plant('matchSignal', (original, args) => {
      if (String(args[6]).includes(' 9003 ')) throw new Error('planted');
      return original(...args);
    }),
    'a candidate that goes to another than its target': plant('matchSignal', (original, args) => {
      const [ctx, logger, nk, dispatcher, tick, state, data] = args as [
        object,
        object,
        Nk,
        object,
        number,
        State,
        string,
      ];
      const isCandidate = Buffer.from(data.split(' ')[2] ?? '', 'base64').includes('add_ice_candidate');
      const other = state.room.seats.at(-1);
      const to = [{ sessionId: other?.sessionId, nodeId: other?.node }];
      const astray = {
        ...nk,
        streamSendRaw: (stream: object, sent: object) => nk.streamSendRaw(stream, sent, to),
      };
      return original(ctx, logger, isCandidate ? astray : nk, dispatcher, tick, state, data);
    }),
    'a state that only grows': plant('matchSignal', (original, args) => {
      const result = original(...args) as { state: { room: { links: object[] } } };
      const { state } = result;
      const links = [...state.room.links, { from: 'x', connected: [], failed: ['x'] }];
      return { ...result, state: { ...state, room: { ...state.room, links } } };
    }),
  };

  test.each(Object.entries(faults))(
    '%s',
    async (_, fault) => {
      const { failure } = await fuzzRoom({ frames: 20_000, seed: 1, shrinkRuns: 120, ...fault });
      const { frames = [], variant = 0 } = failure ?? {};
      expect(frames.length).toBeGreaterThan(0);
      expect(frames.length).toBeLessThan(30);
      const replayed = JSON.parse(JSON.stringify(frames)) as Frame[];
      expect(() => play({ variant, frames: replayed }, { tally: new Tally(), ...fault })).toThrow();
      expect(() => play({ variant, frames: replayed }, { tally: new Tally() })).not.toThrow();
    },
    30_000,
  );
});
