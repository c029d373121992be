import { Tab, type TabChannel, type TextStorage } from '../../../clients/web/src/index.ts';
import { Memory } from './memory.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** The channel that all tabs of one browser share. */
class Air {
  private readonly ears = new Set<TabChannel>();

  open(): TabChannel {
    const channel: TabChannel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of this.ears) if (other !== channel) other.onmessage?.({ data });
      },
      close: () => void this.ears.delete(channel),
    };
    this.ears.add(channel);
    return channel;
  }
}

const air = new Air();
const SEAT = { matchId: 'm', peerId: 2, clientVersion: '1.2', isPlaying: true };

async function open(storage: TextStorage | undefined): Promise<Tab> {
  const opening = Tab.open({ storage, openChannel: () => air.open() });
  await jest.advanceTimersByTimeAsync(250);
  return opening;
}

test('a tab is the same guest in the same seat after a reload', async () => {
  const storage = new Memory();
  const before = await open(storage);
  before.seat = SEAT;
  before.close();
  const after = await open(storage);
  expect(after.deviceId).toBe(before.deviceId);
  expect(after.seat).toEqual(SEAT);
  after.seat = null;
  after.close();
  const last = await open(storage);
  expect([last.deviceId, last.seat]).toEqual([before.deviceId, null]);
  last.close();
});

test('a copy of a living tab is another guest, and the first one stays who they are', async () => {
  const storage = new Memory();
  const first = await open(storage);
  first.seat = SEAT;
  const second = await open(storage.copy());
  expect(second.seat).toBeNull();
  expect(second.deviceId).not.toBe(first.deviceId);
  expect(first.seat).toEqual(SEAT);
  const elsewhere = first.isElsewhere();
  await jest.advanceTimersByTimeAsync(250);
  expect(await elsewhere).toBe(false);
  for (const tab of [first, second]) tab.close();
});

test('of two copies that begin together one goes on', async () => {
  const storage = new Memory();
  const first = await open(storage);
  first.seat = SEAT;
  first.close();
  const copies = await Promise.all([open(storage.copy()), open(storage.copy())]);
  expect(copies.filter(({ seat }) => seat !== null)).toHaveLength(1);
  for (const copy of copies) copy.close();
});

test.each([
  ['that keeps nothing', undefined],
  ['with something else in it', new Memory('{"seat":{"matchId":7},"deviceId":""}')],
  ['with what is no JSON', new Memory('{')],
])('a storage %s gives a new guest', async (_, storage) => {
  const tab = await open(storage);
  expect(tab.deviceId).toHaveLength(32);
  expect(tab.seat).toBeNull();
  tab.seat = SEAT;
  expect(tab.seat).toEqual(SEAT);
  tab.close();
});

test('a storage that is full does no harm', async () => {
  const tab = await open({
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  tab.seat = SEAT;
  expect(tab.seat).toEqual(SEAT);
  tab.close();
});
