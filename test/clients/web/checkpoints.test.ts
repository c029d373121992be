import {
  type Checkpoint,
  Checkpoints,
  RESTORE_WITHIN_MS,
  SAVE_EVERY_MS,
} from '../../../clients/web/src/checkpoints.ts';

let sent: string[];
let restored: string[];
let isOnline: boolean;
let checkpoints: Checkpoints;

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (data: Uint8Array) => new TextDecoder().decode(data);
const kept = (term: number, text: string) => ({ term, sequence: 1, data: btoa(text) });
const pass = (ms: number) => jest.advanceTimersByTime(ms);

beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  restored = [];
  isOnline = true;
  checkpoints = new Checkpoints({
    send: (data) => {
      if (isOnline) sent.push(textOf(data));
      return isOnline;
    },
    onRestored: ({ data, term }: Checkpoint) => restored.push(`${textOf(data)} of term ${term}`),
  });
});
afterEach(() => {
  checkpoints.stop();
  jest.useRealTimers();
});

test('of those that are saved at once the first and the last are sent, a second apart', () => {
  for (const text of ['1', '2', '3']) checkpoints.save(bytes(text), 1);
  expect(sent).toEqual(['1']);
  pass(SAVE_EVERY_MS);
  expect(sent).toEqual(['1', '3']);
  pass(60_000);
  expect(sent).toEqual(['1', '3']);
});

test('what is saved while the socket is gone goes out after the return, unless the office has passed on', () => {
  isOnline = false;
  checkpoints.save(bytes('1'), 1);
  pass(60_000);
  isOnline = true;
  checkpoints.flush(2);
  expect(sent).toEqual([]);
  checkpoints.flush(1);
  expect(sent).toEqual(['1']);
});

test('a new host gets the last host’s, and their own where that is newer', () => {
  checkpoints.onOffice();
  checkpoints.onKept(kept(1, 'theirs'));
  checkpoints.save(bytes('own'), 2);
  checkpoints.onOffice();
  checkpoints.onKept(kept(2, 'own, but older'));
  checkpoints.onOffice();
  checkpoints.onKept(kept(3, 'newer'));
  expect(restored).toEqual(['theirs of term 1', 'own of term 2', 'newer of term 3']);
});

test('their own comes by itself where the server has none, and only once', () => {
  checkpoints.onOffice();
  pass(RESTORE_WITHIN_MS);
  expect(restored).toEqual([]);
  checkpoints.save(bytes('own'), 1);
  checkpoints.onOffice();
  pass(RESTORE_WITHIN_MS);
  pass(60_000);
  expect(restored).toEqual(['own of term 1']);
});

test('the bytes are copied, since nakama-js sends the whole buffer that they lie in', () => {
  const buffers: number[] = [];
  const copying = new Checkpoints({
    send: ({ buffer }) => buffers.push(buffer.byteLength) > 0,
    onRestored: () => {},
  });
  copying.save(new Uint8Array(100).subarray(10, 20), 1);
  expect(buffers).toEqual([10]);
  copying.stop();
});
