import { MatchDriver } from '../../../kit/match/match-driver.ts';
import { created } from '../../../kit/room/foundings.ts';
import type { LinkState } from '../../../src/protocol/link-report.ts';

const TERMS = {
  minPlayers: 2,
  maxPlayers: 4,
  version: null,
  language: 'A',
  onHostLeft: 'migrate',
  topology: 'mesh',
} as const;

/** All three announced themselves, and nothing is left to do or to tell. */
function threeInMatch(): MatchDriver {
  const match = MatchDriver.on({ ...TERMS, founding: created('a') });
  for (const sessionId of ['a', 'b', 'c']) match.announced.add(sessionId);
  match.tracked = ['a', 'b', 'c'];
  match.enter('a', 'b', 'c').loop().loop();
  return forget(match);
}

function forget(match: MatchDriver): MatchDriver {
  match.sent.length = 0;
  match.sendings.length = 0;
  return match;
}

function report(match: MatchDriver, from: string, peer: string, state: LinkState): void {
  match.signal(`${from} 9011 ${Buffer.from(JSON.stringify({ peer, state })).toString('base64')} *`);
}

const TOLD = ['9010 to a', '9010 to b', '9010 to c'];

test('links that get on are told together on the next tick, and then nothing is', () => {
  const match = threeInMatch();
  for (const peer of ['b', 'c']) report(match, 'a', peer, 'connected');
  for (const peer of ['a', 'c']) report(match, 'b', peer, 'connected');
  expect(match.sent).toEqual([]);
  expect(match.loop().sent).toEqual(TOLD);
  expect(match.loop().sent).toEqual(TOLD);
  expect(match.changed).toBe(false);
});

test('the last link to come up is told at once, with all before it, and not again on the tick', () => {
  const match = threeInMatch();
  for (const from of ['a', 'b', 'c'])
    for (const peer of ['a', 'b', 'c']) if (peer !== from) report(match, from, peer, 'connected');
  expect(match.sent).toEqual(TOLD);
  expect(match.loop().sent).toEqual(TOLD);
});

test('whatever else is told in between takes along what was to wait', () => {
  const match = threeInMatch();
  report(match, 'a', 'b', 'connected');
  report(match, 'b', 'a', 'connected');
  expect(match.leave('c').sent.filter((line) => line.startsWith('9010'))).toEqual(['9010 to a', '9010 to b']);
  expect(forget(match).loop().sent).toEqual([]);
});

test('a room does not rest before it has told', () => {
  const match = threeInMatch();
  for (const peer of ['b', 'c']) report(match, 'a', peer, 'failed');
  report(match, 'b', 'c', 'failed');
  forget(match.loop().loop());
  expect(match.changed).toBe(false);
  report(match, 'a', 'b', 'connected');
  report(match, 'b', 'a', 'connected');
  expect([match.state.idleUntil, match.sent]).toEqual([0, []]);
  expect(match.loop().sent).toEqual(TOLD);
  expect(match.state.idleUntil).toBeGreaterThan(match.tick);
});

test('what a change nobody sees comes after is told all the same', () => {
  const match = threeInMatch();
  report(match, 'a', 'b', 'connected');
  report(match, 'b', 'a', 'connected');
  report(match, 'a', 'c', 'connected');
  expect(match.changed).toBe(true);
  expect(match.loop().sent).toEqual(TOLD);
});

test('a newcomer is told who they are, and all others get one message together', () => {
  const match = threeInMatch();
  match.announced.add('d');
  match.enter('d');
  expect(match.sendings.filter((line) => line.startsWith('9010'))).toEqual([
    '9010 to a, b, c', // that a seat is taken
    '9010 to d',
    '9010 to a, b, c',
  ]);
});
