import { MatchDriver } from '../../../kit/match/match-driver.ts';
import { created, matched, person } from '../../../kit/room/foundings.ts';
import { encodeSignal } from '../../../src/nakama/server/signals.ts';
import { PHASES } from '../../../src/protocol/label.ts';
import type { Terms } from '../../../src/room/terms.ts';

const TERMS = {
  minPlayers: 2,
  maxPlayers: 3,
  version: null,
  language: 'A',
  onHostLeft: 'migrate',
  topology: 'mesh',
} as const;
const inMatch = (founding: Terms['founding'] = created('a'), terms: Partial<Terms> = {}) =>
  MatchDriver.on({ ...TERMS, founding, ...terms });

const OFFER = { method: 'set_remote_description', target: 'b', type: 'offer', sdp: 'v=0' };
const base64 = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64');
const say = (match: MatchDriver, from: string, fields: object) => {
  const data = { from, opCode: 9001, recipients: null, reliable: false, payload: base64(fields) };
  match.signal(encodeSignal({ type: 'data', data }));
};

const entered = (phase: string) => `online_match_rooms_entered_total{phase=${phase}}`;
const left = (phase: string) => `online_match_rooms_left_total{phase=${phase}}`;
const refused = (code: string) => `online_match_refusals_total{code=${code},kind=join}`;
const RELAYED = 'online_match_messages_relayed_total';
const dropped = (reason: string) => `online_match_messages_dropped_total{reason=${reason}}`;

/** How many rooms are in a phase, as the difference of the two counters says. */
function now({ metrics: { counts } }: MatchDriver): Record<string, number> {
  const all = [...PHASES, 'plain'].map((phase) => [
    phase,
    (counts[entered(phase)] ?? 0) - (counts[left(phase)] ?? 0),
  ]);
  return Object.fromEntries(all.filter(([, count]) => count !== 0));
}

test('a room is counted by who made it, and is in one phase at a time until it is over', () => {
  const match = inMatch();
  expect(match.metrics.counts).toMatchObject({ 'online_match_rooms_made_total{founding=created}': 1 });
  expect(now(match)).toEqual({ waiting: 1 });
  expect(now(match.enter('a'))).toEqual({ gathering: 1 });
  expect(now(match.enter('b'))).toEqual({ ready: 1 });
  match.signal(
    '{"type":"commanded","by":null,"command":{"name":"seal","sealed":true,"force":false,"term":null}}',
  );
  expect(now(match)).toEqual({ sealed: 1 });
  expect(now(match.leave('a'))).toEqual({ closed: 1 });
  match.leave('b').loop().loop();
  expect(now(match)).toEqual({ closed: 1 });
  expect(match.loop().ended).toBe(true);
  expect(now(match)).toEqual({});
  expect(match.metrics.counts).toMatchObject({
    [entered('ready')]: 1,
    [left('ready')]: 1,
    [left('closed')]: 1,
  });
});

test('a room that carries another game is counted as plain', () => {
  const match = inMatch({ kind: 'adopted', host: person('a') }).enter('b');
  match.signal(`a 7 ${base64({})} *`);
  expect(now(match)).toEqual({ plain: 1 });
});

test('admissions and refusals are counted by code, those at the door and those told by a 9003', () => {
  const match = inMatch(created('a'), { version: '1.0' }).enter('a', 'b');
  match.attempt('c', { client_version: '2.0' });
  match.attempt('c', { client_version: 7 });
  match.signal(JSON.stringify({ type: 'answered', who: person('x') }));
  expect(match.metrics.counts).toMatchObject({
    online_match_admissions_total: 2,
    [refused('version-mismatch')]: 1,
    [refused('bad-request')]: 1,
    [refused('busy')]: 1,
  });
});

test('seats that are kept and resumed are counted, and changes of the host', () => {
  const match = inMatch();
  for (const who of ['a', 'b']) match.announced.add(who);
  match.enter('a', 'b').disconnect('b');
  expect(match.metrics.counts).toMatchObject({ online_match_seats_kept_total: 1 });
  const { counts } = match.metrics;
  match.enter('b');
  expect([counts.online_match_seats_resumed_total, counts.online_match_host_changes_total]).toEqual([
    1,
    undefined,
  ]);
  match.leave('a');
  expect([counts.online_match_seats_kept_total, counts.online_match_host_changes_total]).toEqual([1, 1]);
});

describe('messages', () => {
  test('are counted on the tick, not one by one', () => {
    const match = inMatch().enter('a', 'b');
    const { counts } = match.metrics;
    for (let n = 0; n < 3; n++) say(match, 'a', OFFER);
    say(match, 'a', { ...OFFER, target: 'x' });
    expect([counts[RELAYED], counts[dropped('no-such-target')]]).toEqual([undefined, undefined]);
    match.loop();
    expect([counts[RELAYED], counts[dropped('no-such-target')]]).toEqual([3, 1]);
    say(match, 'a', OFFER);
    match.loop().loop();
    expect([counts[RELAYED], counts[dropped('no-such-target')]]).toEqual([4, 1]);
  });

  test('that came on the way out are counted before the match ends', () => {
    const match = inMatch().enter('a', 'b');
    say(match, 'a', OFFER);
    say(match, 'b', { ...OFFER, target: 'b' });
    expect(match.leave('a').leave('b').loop().loop().loop().ended).toBe(true);
    expect(match.metrics.counts).toMatchObject({ [RELAYED]: 1, [dropped('self-target')]: 1 });
  });

  test('cost a tick nothing when there are none: the very state comes back', () => {
    const match = inMatch().enter('a', 'b');
    match.tracked = ['a', 'b'];
    say(match, 'a', OFFER);
    match.loop();
    const before = { ...match.metrics.counts };
    expect(match.loop().changed).toBe(false);
    expect(match.metrics.counts).toEqual(before);
  });
});

describe('the time to gather', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const later = (ms: number) => jest.setSystemTime(Date.now() + ms);
  const taken = (match: MatchDriver, founding: string) =>
    match.metrics.timers[`online_match_gathering_seconds{founding=${founding}}`];

  test('is from the first join until all who were put together are confirmed, once', () => {
    const match = inMatch(matched('a', 'b', 'c'));
    later(5000);
    match.enter('a');
    later(200);
    match.enter('b');
    expect(taken(match, 'matched')).toBeUndefined();
    later(300);
    match.enter('c');
    expect(taken(match, 'matched')).toEqual([500e6]);
    later(1000);
    match.leave('c');
    expect(taken(match, 'matched')).toHaveLength(1);
  });

  test('is until enough have come where nobody is invited, and all who came are confirmed', () => {
    const match = inMatch().enter('a').join('b');
    later(40);
    match.enter('c');
    expect(taken(match, 'created')).toBeUndefined();
    later(2);
    match.enter('b');
    expect(taken(match, 'created')).toEqual([42e6]);
  });
});

test('a callback that fails is counted', () => {
  const match = inMatch().enter('a');
  match.loop(null as never);
  expect(match.metrics.counts.online_match_failures_total).toBe(1);
});

test('no tag has anybody in it', () => {
  const match = inMatch(created('a'), { version: 'secret-version' }).enter('a', 'b');
  say(match, 'a', OFFER);
  match.attempt('c', { client_version: 'other-version' });
  match.loop().leave('a').leave('b').loop().loop().loop();
  const series = Object.keys({ ...match.metrics.counts, ...match.metrics.timers });
  expect(series.filter((one) => /user-|name-|uuid|version[^-]|node|=[abc]\b/.test(one))).toEqual([]);
});
