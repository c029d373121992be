import { botsOptions } from './options.ts';

test('plays on what npm start runs, unless told otherwise', () => {
  expect(botsOptions([], {})).toMatchObject({
    host: '127.0.0.1',
    port: 7350,
    ssl: false,
    serverKey: 'defaultkey',
    mix: ['matchmaker', 'rpc', 'create_match'],
    limits: { 'max-errors': 0, 'max-lost': 0, 'max-hop-p99-ms': null },
  });
  expect(botsOptions([], { NAKAMA_PORT: '7450' }).port).toBe(7450);
});

test('has no more workers than rooms, and lets everybody in within seconds', () => {
  expect(botsOptions(['--rooms', '2', '--workers', '8'], {}).workers).toBe(2);
  expect(botsOptions(['--rooms', '200', '--players', '4'], {}).rate).toBe(40);
});

test.each([
  [['--room', '3'], "Unknown option '--room'."],
  [['--rooms', 'many'], '--rooms is "many": allowed are whole numbers from 1 to 4000.'],
  [['--players', '1'], '--players is "1": allowed are whole numbers from 2 to 16.'],
  [['--rooms', '2000', '--players', '8'], '2000 rooms of 8 players are more than 8000 sockets.'],
  [
    ['--mix', 'rpc,party'],
    '--mix is "rpc,party": allowed are matchmaker, rpc, create_match, separated by commas.',
  ],
  [['--max-lost', '-1'], "Option '--max-lost' argument is ambiguous."],
])('says in a sentence what is wrong with %j', (args, sentence) => {
  expect(() => botsOptions(args, {})).toThrow(sentence);
});
