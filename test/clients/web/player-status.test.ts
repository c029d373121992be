import { PlayerStatus, REPEAT_MS } from '../../../clients/web/src/player-status.ts';
import type { Signalling } from '../../../clients/web/src/signalling.ts';

const signalling = { isOnline: true, said: [] as unknown[] };
let status: PlayerStatus;

beforeEach(() => {
  jest.useFakeTimers();
  signalling.isOnline = true;
  signalling.said = [];
  const send = (_: number, text: string) => signalling.said.push(JSON.parse(text));
  status = new PlayerStatus(Object.assign(signalling, { send }) as unknown as Signalling);
});
afterEach(() => {
  status.stop();
  jest.useRealTimers();
});

const red = [{ key: 'team', value: 'red' }];

test('what the room does not show is said again, and what it shows is not', () => {
  status.show({ ready: true });
  status.show({ properties: red });
  expect(signalling.said).toEqual([{ ready: true }, { ready: true, properties: { team: 'red' } }]);
  status.onShown({ ready: true, properties: [] });
  jest.advanceTimersByTime(REPEAT_MS);
  expect(signalling.said.slice(2)).toEqual([{ properties: { team: 'red' } }]);
  status.onShown({ ready: true, properties: red });
  jest.advanceTimersByTime(10 * REPEAT_MS);
  expect(signalling.said).toHaveLength(3);
});

test('what a game opened anew took back is not said again', () => {
  status.show({ ready: true });
  status.onShown({ ready: true, properties: [] });
  status.onShown({ ready: false, properties: [] });
  status.repeat();
  expect(signalling.said).toEqual([{ ready: true }]);
});

test('what is said while the socket is lost is said after the return', () => {
  signalling.isOnline = false;
  status.show({ ready: true });
  expect(signalling.said).toEqual([]);
  signalling.isOnline = true;
  status.repeat();
  expect(signalling.said).toEqual([{ ready: true }]);
});

test('a server that never shows it is not asked for ever', () => {
  status.show({ ready: true });
  jest.advanceTimersByTime(100 * REPEAT_MS);
  expect(signalling.said.length).toBeLessThan(10);
});
