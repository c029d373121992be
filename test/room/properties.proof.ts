import fc from 'fast-check';
import { COUNTED, type Doing, events, FOUNDINGS, foundRoom, setup } from '../../kit/room/doings.ts';
import { play } from '../../kit/room/play.ts';
import type { RoomDriver } from '../../kit/room/room-driver.ts';
import { RoomLedger } from '../../kit/room/room-ledger.ts';
import { apply } from '../../src/room/apply.ts';
import { idleOf } from '../../src/room/idle.ts';
import { isOver } from '../../src/room/phase.ts';

const foundings = Object.keys(FOUNDINGS) as (keyof typeof FOUNDINGS)[];
const MANY = { numRuns: 60 };
const SOME = { numRuns: 25 };

/** Without the order of keys, which Nakama does not keep. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** All that a room gives, as the ledger looks at it. */
function watched(room: RoomDriver) {
  return {
    get room() {
      return room.room;
    },
    get out() {
      return room.all;
    },
  };
}

/** What is relayed or dropped. */
const SIGNALS: readonly string[] = ['send', 'grant', 'refuse'];

function droppedBy(room: RoomDriver): number {
  return Object.values(room.traffic.dropped).reduce((sum, count) => sum + count, 0);
}

describe.each(foundings)('any sequence of events in a room that is %s', (founding) => {
  test('keeps seats, host, peer ids and messages in order', () => {
    const property = fc.property(setup, events, (options, sequence) => {
      const room = foundRoom(founding, options);
      const isCounted = COUNTED.some((counted) => counted === founding);
      const ledger = new RoomLedger(watched(room), isCounted);
      let dropped = 0;
      sequence.forEach((event, index) => {
        const before = { ...room.traffic, lost: droppedBy(room) };
        play(room, event, `${index}`, () => {
          const { relayed, frames } = room.traffic;
          const isSent = event.type === 'send' && relayed > before.relayed;
          const isPassedOn = event.type === 'frame' && frames > before.frames;
          if ((event.type === 'send' || event.type === 'frame') && (isSent || isPassedOn)) {
            ledger.accepted(room.sessionOf(event.from), room.sessionOf(event.to), `${index}`);
          }
          ledger.check();
        });
        if (SIGNALS.includes(event.type)) dropped += droppedBy(room) - before.lost;
      });
      const sent = sequence.filter(({ type }) => SIGNALS.includes(type)).length;
      if (isCounted) expect(room.traffic.relayed + dropped).toBe(sent);
    });
    fc.assert(property, MANY);
  });

  test('gives the very room back when nothing changed', () => {
    const isCostly = ({ type }: Doing) =>
      ![
        'attempt',
        'enter',
        'return',
        'seal',
        'transfer',
        'kick',
        'resize',
        'choose',
        'ready',
        'shutdown',
        'grant',
        'refuse',
      ].includes(type);
    const property = fc.property(setup, events, (options, sequence) => {
      const room = foundRoom(founding, options);
      for (const [index, event] of sequence.entries()) {
        const before = plain(room.room);
        play(room, event, `${index}`);
        if (room.changed && isCostly(event)) expect(plain(room.room)).not.toEqual(before);
      }
    });
    fc.assert(property, SOME);
  });

  test('changes nothing while the room rests', () => {
    let rests = 0;
    const property = fc.property(setup, events, fc.nat(40), (options, sequence, later) => {
      const room = foundRoom(founding, options);
      sequence.forEach((event, index) => {
        play(room, event, `${index}`);
        const { until, watched } = idleOf(room.room);
        const tick = Math.min(room.tick + later, until - 1);
        if (tick < room.tick) return;
        const tracked = watched === null ? [] : [watched.sessionId];
        const state = { room: room.room, traffic: room.traffic };
        const step = apply(state, { type: 'ticked', tracked }, tick);
        expect(step).toEqual({ ...state, out: [], refusal: null, dropped: null });
        expect(step.room).toBe(state.room);
        expect(isOver(room.room, tick)).toBe(false);
        rests += 1;
      });
    });
    fc.assert(property, MANY);
    expect(rests).toBeGreaterThan(0);
  });

  test('gives the same room and the same messages each time', () => {
    const property = fc.property(setup, events, (options, sequence) => {
      const [one, other] = [1, 1000].map((seed) => {
        const room = foundRoom(founding, options, seed);
        const told = sequence.flatMap((event, index) => {
          play(room, event, `${index}`);
          return room.told;
        });
        return plain({ room: room.room, traffic: room.traffic, told });
      });
      expect(one).toEqual(other);
    });
    fc.assert(property, SOME);
  });
});
