import { MatchDriver } from '../../../kit/match/match-driver.ts';
import { nkWith } from '../../../kit/match/nk.ts';
import { created, person } from '../../../kit/room/foundings.ts';
import { messageIn } from '../../../src/nakama/match/read-message.ts';

const OFFER = { method: 'set_remote_description', target: 'b', type: 'offer', sdp: 'v=0' };

function inMatch(): MatchDriver {
  const terms = {
    minPlayers: 2,
    maxPlayers: 3,
    version: null,
    language: 'A',
    onHostLeft: 'migrate',
    topology: 'mesh',
    founding: created('a'),
  } as const;
  const match = MatchDriver.on(terms).enter('a', 'b');
  match.sent.length = 0;
  return match;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

function dropped(match: MatchDriver) {
  return match.state.traffic.dropped;
}

test('a message that the hook signals goes to its target', () => {
  const match = inMatch();
  match.signal(`a 9001 ${base64(JSON.stringify(OFFER))} *`);
  expect(match.sent).toEqual(['9001 to b']);
});

test('a message that comes with the tick goes the same way', () => {
  const match = inMatch();
  const data = new TextEncoder().encode(JSON.stringify(OFFER)).buffer;
  match.loop({ sender: person('a'), opCode: 9001, data });
  expect(match.sent).toEqual(['9001 to b']);
});

test.each([
  ['empty', ''],
  ['not base64', '%%%'],
  ['not JSON', base64('hello')],
  ['not an object', base64('[1]')],
  ['deeply nested', base64('['.repeat(5000))],
])('a message that is %s is dropped and counted', (_title, payload) => {
  const match = inMatch();
  match.signal(`a 9001 ${payload} *`);
  expect([match.sent, dropped(match), match.lines]).toEqual([[], { malformed: 1 }, []]);
});

test('an empty message that comes with the tick, whose data is null, is dropped and counted', () => {
  const match = inMatch().loop({ sender: person('a'), opCode: 9001, data: null });
  expect([dropped(match), match.lines]).toEqual([{ malformed: 1 }, []]);
});

test.each([
  [16384, {}],
  [16385, { oversized: 1 }],
  [16386, { oversized: 1 }],
])('size is counted in bytes, not in base64: %d', (bytes, expected) => {
  const match = inMatch();
  const frame = JSON.stringify({ ...OFFER, sdp: '' }).length;
  match.signal(`a 9001 ${base64(JSON.stringify({ ...OFFER, sdp: 'x'.repeat(bytes - frame) }))} *`);
  expect(dropped(match)).toEqual(expected);
});

test.each([9002, 9003, 9010, 9099, 1, Number.NaN])(
  'opcode %d from a client is dropped and counted',
  (opCode) => {
    const match = inMatch();
    match.signal(`a ${opCode} ${base64(JSON.stringify(OFFER))} *`);
    expect([match.sent, dropped(match)]).toEqual([[], { 'unknown-opcode': 1 }]);
  },
);

test('the state stays small: the budgets of those who left are forgotten', () => {
  const match = inMatch();
  match.signal(`a 9001 ${base64(JSON.stringify(OFFER))} *`);
  expect(match.state.traffic.uses).toHaveLength(1);
  expect(match.leave('a').state.traffic).toMatchObject({ uses: [], relayed: 1 });
});

test('the first byte is known without decoding the rest', () => {
  for (const first of [0, 1, 2, 63, 64, 127, 128, 255]) {
    for (const rest of [[], [255], [1, 2, 3]]) {
      const payload = Buffer.from([first, ...rest]).toString('base64');
      const data = { from: 'a', opCode: 9015, recipients: null, reliable: true, payload };
      expect(messageIn(nkWith({}), data).firstByte()).toBe(first);
    }
  }
});
