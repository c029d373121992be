import { localcache, nkWith, thrownBy } from '../../../kit/match/nk.ts';
import { createWithinBounds } from '../../../src/nakama/server/rooms-per-user.ts';
import { parseSettings } from '../../../src/nakama/server/settings.ts';

const settings = parseSettings({
  ONLINE_MATCH_WAITING_ROOMS: '2',
  ONLINE_MATCH_CREATIONS_PER_MINUTE: '3',
  ONLINE_MATCH_ROOMS_PER_USER: '4',
});
const MINUTE_MS = 60_000;

interface Written {
  readonly userId: string;
  readonly value: { readonly creations: readonly { readonly matchId: string | null }[] };
  readonly version: string;
}

/** Nakama's storage of one user, and the matches that there are with their phases. */
class Storage {
  readonly phases = new Map<string, string>();
  readonly written: Written[] = [];
  rivals = 0;
  looks = 0;
  made = 0;
  private stored: { readonly value: unknown } | null = null;
  private version = 0;

  readonly nk = nkWith({
    ...localcache(),
    matchGet: (id: string) => {
      this.looks++;
      const phase = this.phases.get(id);
      return phase === undefined ? null : { label: `{"kind":"online_match","phase":"${phase}"}` };
    },
    storageRead: () => {
      if (this.stored === null) return [];
      return [{ ...JSON.parse(JSON.stringify(this.stored)), version: `${this.version}` }];
    },
    storageWrite: ([record]: [Written]) => {
      const current = this.stored === null ? '*' : `${this.version}`;
      if (this.rivals-- > 0 || record.version !== current)
        throw new Error('Storage write rejected - version check failed.');
      this.written.push(record);
      this.stored = record;
      return [{ version: `${++this.version}` }];
    },
  });

  /** What this module would not write. */
  spoil(value: unknown): void {
    this.stored = { value };
    this.version++;
  }

  create(phase = 'waiting'): string {
    return createWithinBounds(this.nk, 'user', settings, () => {
      const id = `match${this.made++}.node`;
      this.phases.set(id, phase);
      return { matchId: id };
    }).matchId;
  }

  refusal(): unknown {
    return thrownBy(() => this.create());
  }

  get recorded() {
    return this.written.at(-1)?.value.creations.map(({ matchId }) => matchId);
  }
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a user may have so many rooms waiting, and more once one has players or is gone', () => {
  const storage = new Storage();
  expect([storage.create(), storage.create()]).toEqual(['match0.node', 'match1.node']);
  expect(storage.refusal()).toEqual({
    message: 'too-many-rooms: 2 matches of yours wait for a first player, join one of them',
    code: 8,
  });
  storage.phases.set('match0.node', 'gathering');
  expect(storage.create()).toBe('match2.node');
});

test('a refused call makes no match', () => {
  const storage = new Storage();
  storage.create();
  storage.create();
  storage.refusal();
  expect(storage.phases.size).toBe(2);
});

test('a user may make so many rooms within a minute, and more after it', () => {
  const storage = new Storage();
  for (let made = 0; made < 3; made++) storage.create('gathering');
  expect(storage.refusal()).toEqual({
    message: 'too-many-rooms: you made 3 matches within a minute, wait a little',
    code: 8,
  });
  jest.setSystemTime(Date.now() + MINUTE_MS - 1);
  expect(storage.refusal()).toBeDefined();
  jest.setSystemTime(Date.now() + 1);
  expect(storage.create()).toBe('match3.node');
});

test('rooms that wait count after the minute too, and what no longer counts is forgotten', () => {
  const storage = new Storage();
  storage.create();
  storage.create('gathering');
  jest.setSystemTime(Date.now() + MINUTE_MS);
  storage.create();
  storage.phases.delete('match1.node');
  jest.setSystemTime(Date.now() + MINUTE_MS);
  expect(storage.refusal()).toBeDefined();
  storage.phases.set('match0.node', 'gathering');
  storage.create();
  expect(storage.recorded).toEqual(['match0.node', 'match2.node', 'match3.node']);
});

test('a user may have so many rooms that are not over, and more once one is, whatever ended it', () => {
  const storage = new Storage();
  for (let made = 0; made < 4; made++) {
    storage.create('ready');
    jest.setSystemTime(Date.now() + MINUTE_MS);
  }
  expect(storage.refusal()).toEqual({
    message: 'too-many-rooms: 4 matches of yours are not over, you can make one when one of them is',
    code: 8,
  });
  storage.phases.delete('match2.node');
  expect(storage.create()).toBe('match4.node');
  expect(storage.recorded).toEqual(['match0.node', 'match1.node', 'match3.node', 'match4.node']);
});

test('many calls at once make no more rooms than the bounds allow', () => {
  const storage = new Storage();
  const refusals: unknown[] = [];
  /** While each makes its match, the next call comes. */
  const callAnd = (more: number): { matchId: string } =>
    createWithinBounds(storage.nk, 'user', settings, () => {
      if (more > 0) {
        try {
          callAnd(more - 1);
        } catch (refusal) {
          refusals.push(refusal);
        }
      }
      return { matchId: `match${storage.made++}.node` };
    });
  callAnd(9);
  expect(storage.made).toBe(2);
  expect(refusals).toEqual([expect.objectContaining({ code: 8 })]);
  expect(storage.recorded).toEqual(['match0.node', 'match1.node']);
});

test('a room whose making failed counts for a minute', () => {
  const storage = new Storage();
  const failed = () =>
    createWithinBounds(storage.nk, 'user', settings, () => {
      throw new Error('shutting down');
    });
  expect(failed).toThrow('shutting down');
  storage.create();
  expect(storage.refusal()).toBeDefined();
  jest.setSystemTime(Date.now() + MINUTE_MS);
  expect(storage.create()).toBe('match1.node');
});

test('a room is handed out though its record cannot be written any more', () => {
  const storage = new Storage();
  const { matchId } = createWithinBounds(storage.nk, 'user', settings, () => {
    storage.rivals = 1000;
    return { matchId: 'match.node' };
  });
  expect(matchId).toBe('match.node');
});

const entry = { matchId: 'match.node', at: 1 };

test.each([
  ['more entries than the server writes', Array(8).fill(entry)],
  ['an entry that is none', [null]],
  ['an id that is no text', [{ matchId: 7, at: 1 }]],
  ['an id of no room', [{ matchId: 'relayed.', at: 1 }]],
  ['an id without end', [{ matchId: `${'x'.repeat(64)}.node`, at: 1 }]],
  ['a time that is none', [{ matchId: 'match.node', at: '1' }]],
  ['no list', { 0: entry }],
])('a record that has %s is replaced', (_, creations) => {
  const storage = new Storage();
  storage.phases.set('match.node', 'waiting');
  storage.spoil({ creations });
  storage.create();
  expect(storage.looks).toBe(0);
  expect(storage.recorded).toEqual(['match0.node']);
});

test('the record is the server’s, and no user may read or write it', () => {
  const storage = new Storage();
  storage.create();
  expect(storage.written[0]).toMatchObject({
    key: 'creations/user',
    userId: '00000000-0000-0000-0000-000000000000',
    permissionRead: 0,
    permissionWrite: 0,
    version: '*',
  });
});

test('a call that finds another one faster counts again, and makes its match only once', () => {
  const storage = new Storage();
  storage.rivals = 3;
  expect(storage.create()).toBe('match0.node');
  expect(storage.phases.size).toBe(1);
  expect(storage.recorded).toEqual(['match0.node']);
});

test('a call that always finds another one faster is told to try again', () => {
  const storage = new Storage();
  storage.rivals = 1000;
  expect(storage.refusal()).toEqual({ message: 'busy: too many calls at once, try again', code: 14 });
});

test('another error of the storage is passed on', () => {
  const nk = nkWith({
    ...localcache(),
    storageRead: () => [],
    storageWrite: () => {
      throw new Error('no database');
    },
  });
  expect(() => createWithinBounds(nk, 'user', settings, () => ({ matchId: 'match.node' }))).toThrow(
    'no database',
  );
});
