import { recordingOf } from '../../kit/addon/recording.ts';

/** Match data that is meant well, in every dialect: an opcode and the bytes, as texts with macros. */
export interface Template {
  readonly op: number;
  readonly utf8?: string;
  readonly latin1?: string;
}

const json = (op: number, value: object): Template => ({ op, utf8: JSON.stringify(value) });

const PEER = '$s1$';
const player = (session: string, peerId: number) => ({ session_id: session, username: 'p', peer_id: peerId });

/** As the addon's dialects write them, with what newer clients add. */
const WRITTEN: readonly Template[] = [
  json(9001, { method: 'set_remote_description', target: PEER, type: 'offer', sdp: 'v=0' }),
  json(9001, { method: 'set_remote_description', target: PEER, type: 'answer', sdp: 'v=0', offer_number: 1 }),
  json(9001, { method: 'add_ice_candidate', target: '$g0$', media: '0', index: 0, name: 'candidate:1' }),
  json(9001, { method: 'reconnect', target: '$g1$' }),
  json(9001, { node_path: 'x', method: 'rpc', target: 0 }),
  json(9002, { client_version: 'dev', players: { $s0$: player('$s0$', 1), $s1$: player('$s1$', 2) } }),
  json(9002, {
    client_version: 'dev',
    players: { $s1$: player('$s1$', 2), $s0$: player('$s0$', 1), $s2$: player('$s2$', 3) },
  }),
  json(9002, { client_version: 'dev', players: { $g3$: player('$g3$', 2), $s0$: player('$s0$', 1) } }),
  json(9002, { client_version: 'dev', spectator: false }),
  json(9004, { players: { $s0$: { ...player('$s0$', 1), spectator: false }, $s2$: player('$s2$', 2) } }),
  json(9003, { target: '$s1$', reason: 'Sorry! The match is full' }),
  json(9003, { target: '$s2$', code: 0, reason: 'Sorry! The match has already begun' }),
  json(9011, { peer: '$g0$', state: 'connecting' }),
  json(9011, { peer: '$s1$', state: 'connected' }),
  json(9011, { peer: '$g1$', state: 'failed' }),
  json(9011, { peer: '$g2$', state: 'connected', silent: true }),
  json(9012, { background: true }),
  json(9012, { ready: true, properties: { team: 'red', level: 2.5, ranked: false } }),
  json(9012, { ready: false }),
  json(9012, { background: false, leaving: true }),
  { op: 9013, latin1: '\0\xffa game' },
  { op: 9015, latin1: '\x01\0\x01\0\0\0\0a game' },
  { op: 9015, latin1: '\x02\0\x01\0\0\0\0a game' },
  { op: 9018, utf8: '' },
];

/** A list of many players, by texts of no meaning. */
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, object] => [`p${index}`, player('x', index + 2)]),
  );

/** What is dear to read: nested, many, or long. */
const DEAR: readonly Template[] = [
  json(9002, { client_version: 'dev', players: { $s0$: player('$s0$', 1), ...many(90) } }),
  json(9002, { client_version: 'dev', players: { $s0$: player('$s0$', 1), ...many(700) } }),
  json(9002, { client_version: '$x3000$', players: { $s0$: player('$s0$', 1), $s1$: player('$s1$', 2) } }),
  json(9003, { target: '$s1$', reason: '$x3000$' }),
  json(9001, { method: 'reconnect', target: '$x3000$' }),
  { op: 9013, utf8: '$x16000$' },
  { op: 9015, utf8: '$x16000$' },
  ...[9001, 9002, 9004, 9011, 9012].flatMap((op): Template[] => [
    { op, utf8: '{"method":"reconnect","target":"$s1$","peer":"$s1$","more":$l1500$$r1500$}' },
    { op, utf8: '{"method":"reconnect","target":"$s1$","peer":"$s1$","more":$o500$1$c500$}' },
    { op, utf8: '{"more":$l3900$' },
  ]),
];

const int32 = (value: number) => Buffer.from(Int32Array.of(value).buffer).toString('latin1');
const text = (value: string, length = value.length) => int32(length) + value;
/** A session id has 36 characters. */
const id = (macro: string) => text(macro, 36);

const BINARY: readonly Template[] = [
  { op: 9001, latin1: `\0${id('$s1$')}\x02\x12${text('offer')}\x12${text('v=0')}` },
  { op: 9001, latin1: `\x01${id('$g0$')}\x03\x12${text('0')}\x09${int32(0)}\x12${text('candidate:1')}` },
  { op: 9001, latin1: `\x02${id('$g1$')}\0` },
  {
    op: 9002,
    latin1: int32(2) + id('$s0$') + text('a') + int32(1) + id('$s1$') + text('b') + int32(2) + text('dev'),
  },
  { op: 9003, latin1: id('$s1$') + int32(1) + text('full') },
  { op: 9001, latin1: `\x02${text('$x3000$', 3000)}\0` },
  { op: 9001, latin1: `\x02${id('$s1$')}\xff${`\x03\x01`.repeat(255)}` },
  {
    op: 9002,
    latin1: `${int32(2)}${id('$s0$')}${text('a')}${int32(1)}${id('$s1$')}${text('b')}${int32(2)}${text('$x3000$', 3000)}`,
  },
  {
    op: 9002,
    latin1:
      int32(200) +
      Array.from({ length: 200 }, (_, at) => `${text('p')}${text('')}${int32(at + 1)}`).join('') +
      text('dev'),
  },
  { op: 9003, latin1: id('$s1$') + int32(1) + text('$x3000$', 3000) },
];

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What real clients sent while they were recorded, with the ids of those who take part here. */
function recorded(name: string): Template[] {
  const ids: string[] = [];
  return recordingOf(name).frames.flatMap(({ sent, envelope }): Template[] => {
    const data = envelope.match_data_send as { op_code: string; data: string } | undefined;
    if (!sent || data === undefined) return [];
    const utf8 = Buffer.from(data.data, 'base64')
      .toString()
      .replace(UUID, (known) => {
        if (!ids.includes(known)) ids.push(known);
        return `$s${ids.indexOf(known) % 6}$`;
      });
    return [{ op: Number(data.op_code), utf8 }];
  });
}

export const TEMPLATES: readonly Template[] = [
  ...WRITTEN,
  ...DEAR,
  ...BINARY,
  ...['godot3-room', 'godot4-room', 'godot3-matchmaker', 'godot4-matchmaker'].flatMap((name) =>
    recorded(name).slice(0, 5),
  ),
];

/** RPCs as they are meant, `[id, payload]`. */
export const CALLS: readonly (readonly [string, string])[] = [
  ['create_online_match', ''],
  [
    'create_online_match',
    '{"min_players":2,"max_players":4,"client_version":"dev","host":"elect","dialect":"R"}',
  ],
  ['create_online_match', '{"host":"creator","dialect":"C"}'],
  ['seal_online_match', '{"match_id":"$m1$","sealed":true}'],
  ['seal_online_match', '{"match_id":"$m2$","sealed":false,"force":true}'],
  ['seal_online_match', '{"match_id":"$m0$","sealed":true,"term":1}'],
  ['transfer_online_match', '{"match_id":"$m1$","peer_id":2}'],
  ['transfer_online_match', '{"match_id":"$m1$","peer_id":3,"term":1}'],
  [
    'create_online_match',
    '{"visibility":"public","name":"A \\"b\\"*","properties":{"mode":"ctf","level":-2.5,"ranked":true},"password":"pw"}',
  ],
  ['update_online_match', '{"match_id":"$m1$","name":"n","properties":{"mode":"x"},"password":"pw"}'],
  [
    'update_online_match',
    '{"match_id":"$m2$","visibility":"public","min_players":2,"max_players":4,"password":null}',
  ],
  [
    'update_online_match',
    '{"match_id":"$m4$","visibility":"public","properties":{"a":1,"b":"$x64$"},"term":1}',
  ],
  ['kick_from_online_match', '{"match_id":"$m1$","peer_id":2,"ban":true,"reason":"x"}'],
  ['kick_from_online_match', '{"match_id":"$m4$","peer_id":2}'],
  ['invite_to_online_match', '{"match_id":"$m1$","user_ids":["$u0$","$u1$"]}'],
  ['invite_to_online_match', '{"match_id":"$m4$","user_ids":["11111111-2222-4333-8444-555555555555"]}'],
  ['unlock_online_match', '{"match_id":"$m1$","password":"pw"}'],
  ['unlock_online_match', '{"code":"BCD-FGH","password":"pw"}'],
  ['find_online_match', '{"code":"bcd fgh"}'],
  [
    'list_online_matches',
    '{"limit":3,"properties":{"mode":"ctf","level":{"min":-3,"max":1e3}},"cursor":"500000000000000"}',
  ],
  ['list_online_matches', '{"name":"n","client_version":"dev","open_seats":2,"has_password":false}'],
  ['list_online_matches', '{"dialect":"R","announced":true,"limit":1}'],
  ['join_or_create_online_match', '{"properties":{"mode":"ctf"},"create":{"max_players":4}}'],
  ['get_online_match', '{"match_id":"$m1$"}'],
  ['get_ice_servers', ''],
];

/** Values where another was meant, as JSON texts. */
export const ODD: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1',
  '1.5',
  '1e999',
  '-0',
  '2147483647',
  '2147483648',
  '9007199254740993',
  '1e308',
  '""',
  '" "',
  '"x"',
  '"$s0$"',
  '"$s1$"',
  '"$s2$"',
  '"$g0$"',
  '"$g1$"',
  '"$m1$"',
  '"$m0$."',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"hasOwnProperty"',
  '"length"',
  '"target"',
  '"players"',
  '"method"',
  '"peer_id"',
  '"\\ud800"',
  '"\\u0000"',
  '"é\\u2028😀"',
  '"$x300$"',
  '"$x20000$"',
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"target":"$s1$"}}',
  '{"a":1,"a":2}',
  '$o500$1$c500$',
  '$l3000$$r3000$',
  '"a,b c"',
  '"*"',
];

/** Opcodes as they come on the wire. */
export const OPCODES: readonly string[] = [
  '0',
  '1',
  '-1',
  '5',
  '9000',
  '9004',
  '9005',
  '9010',
  '9011',
  '9012',
  '9013',
  '9014',
  '9015',
  '9017',
  '9018',
  '9049',
  '2147483648',
  '4294976297',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
];
