import { asStored } from '../../kit/room/as-stored.ts';

const state = { room: { a: 1, b: undefined, list: [{ id: 1 }, { id: 2 }], c: 3, d: 4 }, count: 2 };

test('gives back what was stored, with null for undefined', () => {
  expect(asStored(state)).toEqual({ room: { ...state.room, b: null }, count: 2 });
});

test('gives another object at each read below the top, and the same at the top', () => {
  const stored = asStored(state);
  expect(stored.room).toBe(stored.room);
  const { room } = stored;
  expect(room.list).not.toBe(room.list);
  expect(room.list[0]).not.toBe(room.list[0]);
  expect(room.list.find(({ id }) => id === 2)).toEqual({ id: 2 });
});

test('changes the order of keys with the seed', () => {
  const orders = Array.from({ length: 20 }, (_, seed) => Object.keys(asStored(state, seed).room).join());
  expect(new Set(orders).size).toBeGreaterThan(5);
  expect(Object.keys(asStored(state, 7).room)).toEqual(Object.keys(asStored(state, 7).room));
});

test('refuses every write', () => {
  const { room } = asStored(state);
  expect(() => {
    room.a = 2;
  }).toThrow('the state is written to: a');
  expect(() => room.list.push({ id: 3 })).toThrow('written to');
  expect(() => room.list.reverse()).toThrow('written to');
  expect(() => Reflect.deleteProperty(room, 'a')).toThrow('written to: a');
});

test('copies into plain objects by spread, map and filter', () => {
  const { room } = asStored(state);
  const next = { ...room, list: room.list.filter(({ id }) => id === 1).map((one) => ({ ...one, id: 9 })) };
  next.list.push({ id: 10 });
  expect(next.list).toEqual([{ id: 9 }, { id: 10 }]);
});

test('gives back what JSON would of values that it does not know, and of a state that was stored before', () => {
  const odd = {
    map: new Map([[1, 2]]),
    none: Number.NaN,
    list: [undefined, { deep: [1, 'two', true, null] }],
  };
  const once = asStored({ odd }, 3);
  expect(once.odd).toEqual({ map: {}, none: null, list: [null, { deep: [1, 'two', true, null] }] });
  expect(asStored({ odd: { ...once.odd, list: once.odd.list } }, 4)).toEqual(once);
});
