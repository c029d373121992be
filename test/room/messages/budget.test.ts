import { adoptedBy, created, RULES } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';
import { spend } from '../../../src/room/messages/budget.ts';
import type { Use } from '../../../src/room/messages/traffic.ts';

const rules = { descriptionBurst: 4, candidateBurst: 8, refillTicks: 10, maxPlayers: 4 };
const twoOthers = () => roomDriver(created('a'), { rules }).enter('a', 'b', 'c');

test('a burst of descriptions is as large as the setting times the other players', () => {
  const room = twoOthers();
  expect(room.passing(20, 'a', 'b', 'description')).toBe(8);
  expect(room.traffic.dropped).toEqual({ 'over-budget': 12 });
});

test('candidates have their own budget', () => {
  const room = twoOthers();
  expect(room.passing(20, 'a', 'b', 'description')).toBe(8);
  expect(room.passing(40, 'a', 'b', 'candidate')).toBe(16);
  expect(room.passing(1, 'a', 'b', 'description')).toBe(0);
});

test('a reconnect counts as a description', () => {
  const room = twoOthers();
  expect(room.passing(20, 'a', 'b', 'reconnect')).toBe(8);
  expect(room.passing(1, 'a', 'b', 'description')).toBe(0);
});

test('the budget is the sender’s, whoever the target', () => {
  const room = twoOthers();
  expect(room.passing(20, 'a', 'b', 'description')).toBe(8);
  expect(room.passing(20, 'a', 'c', 'description')).toBe(0);
  expect(room.passing(20, 'b', 'a', 'description')).toBe(8);
});

test('an emptied budget is full again after the refill time, and half full after half of it', () => {
  const room = twoOthers();
  room.passing(20, 'a', 'b', 'description');
  expect(room.at(5).passing(20, 'a', 'b', 'description')).toBe(4);
  expect(room.at(15).passing(20, 'a', 'b', 'description')).toBe(8);
  expect(room.at(1000).passing(20, 'a', 'b', 'description')).toBe(8);
});

test('spending of one kind refills the other no less', () => {
  const room = twoOthers();
  room.passing(20, 'a', 'b', 'description');
  for (const tick of [1, 2, 3, 4, 5]) room.at(tick).passing(1, 'a', 'b', 'candidate');
  expect(room.passing(20, 'a', 'b', 'description')).toBe(4);
});

test('messages that are dropped for another reason cost nothing', () => {
  const room = twoOthers();
  for (let sent = 0; sent < 50; sent++) room.send('a', 'x').send('a', 'a').receive({ from: 'a' });
  expect(room.passing(20, 'a', 'b', 'description')).toBe(8);
});

test('one player alone with another has one player’s budget', () => {
  const room = roomDriver(created('a'), { rules }).enter('a', 'b');
  expect(room.passing(20, 'a', 'b', 'description')).toBe(4);
});

test('what leads to nothing has a budget, and who has used it up is not read until it has drained', () => {
  const room = twoOthers();
  let reads = 0;
  const read = () => {
    reads += 1;
    return null;
  };
  const message = {
    from: 'a',
    opCode: 9001,
    bytes: 5,
    isJson: true,
    read,
    recipients: null,
    reliable: false,
    payload: '',
    firstByte: () => 0,
    msUntilNodePasses: () => 0,
  };
  const nonsense = () => room.happen({ type: 'messaged', message });
  for (let sent = 0; sent < 300; sent++) nonsense();
  expect(reads).toBe(256);
  expect(room.traffic.dropped).toEqual({ malformed: 256, 'over-budget': 44 });
  expect(room.passing(1, 'a', 'b', 'description')).toBe(0);
  expect(room.passing(1, 'b', 'a', 'description')).toBe(1);
  expect(room.at(room.tick + 1).passing(1, 'a', 'b', 'description')).toBe(1);
});

test('the word of an adopted room’s host has a budget, four for each seat', () => {
  const room = roomDriver(adoptedBy('h')).hear('h').enter('b');
  for (let sent = 0; sent < 20; sent++) room.grant('h', { h: 1, b: 2 });
  expect(room.traffic.dropped).toEqual({ 'over-budget': 4 });
  for (let sent = 0; sent < 20; sent++) room.refuse('h', 'x', 'no');
  expect(room.traffic.dropped).toEqual({ 'over-budget': 24 });
});

test('spend gives the use after the message, drained by the time gone', () => {
  const use: Use = {
    ...{ seat: 1, tick: 0, descriptions: 4, candidates: 2, reports: 1 },
    ...{
      frames: 3,
      frameBytes: 1500,
      slowDowns: 0,
      statuses: 0,
      checkpoints: 3,
      words: 0,
      readings: 0,
      rejects: 0,
    },
  };
  expect(spend(RULES, use, 'description', 1, 5)).toEqual({
    seat: 1,
    tick: 5,
    descriptions: 3,
    candidates: 0,
    reports: 0,
    statuses: 0,
    checkpoints: 0,
    frames: 0,
    frameBytes: 0,
    slowDowns: 0,
    words: 0,
    readings: 0,
    rejects: 0,
  });
  expect(spend(RULES, use, 'description', 1, 0)).toBeNull();
  expect(spend(RULES, use, 'candidate', 1, 0)).toMatchObject({ descriptions: 4, candidates: 3, reports: 1 });
  expect(spend(RULES, use, 'report', 1, 0)).toMatchObject({ descriptions: 4, candidates: 2, reports: 2 });
});
