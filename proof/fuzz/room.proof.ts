import { streamOf } from '../../src/nakama/server/streams.ts';
import type { Frame } from './frame.ts';
import { play } from './room/play.ts';
import type { Handler } from './room/program.ts';
import { fuzzRoom } from './room/run.ts';
import { Tally } from './tally.ts';

const FRAMES = 2_000;

interface Recipient {
  readonly sessionId: string;
}

interface Nk {
  readonly streamSendRaw: (stream: object, envelope: object, to: readonly Recipient[]) => void;
  readonly streamUserList: (stream: object) => readonly Recipient[];
}

interface Sent {
  readonly matchDataSend: { readonly matchId: string; readonly data?: string };
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
    expect(tally.of('data on the short way')).toBeGreaterThan(0);
    expect(tally.of('matchSignal: data, dropped: malformed')).toBeGreaterThan(0);
    expect(tally.of('matchJoinAttempt: match-full')).toBeGreaterThan(0);
  },
  120_000,
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
    'a candidate that goes to another than its target': plant('beforeMatchDataSend', (original, args) => {
      const [ctx, logger, nk, envelope] = args as [object, object, Nk, Sent];
      const said = Buffer.from(envelope.matchDataSend.data ?? '', 'base64');
      const streamSendRaw: Nk['streamSendRaw'] = (stream, sent, to) => {
        const members = nk.streamUserList(streamOf(envelope.matchDataSend.matchId));
        const other = members.find(({ sessionId }) => sessionId !== to[0]?.sessionId);
        nk.streamSendRaw(stream, sent, other === undefined ? to : [{ ...to[0], ...other }]);
      };
      const astray = said.includes('add_ice_candidate') ? { ...nk, streamSendRaw } : nk;
      return original(ctx, logger, astray, envelope);
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
    120_000,
  );
});
