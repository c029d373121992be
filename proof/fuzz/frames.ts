import fc from 'fast-check';
import type { Bytes, Frame } from './frame.ts';
import { CALLS, OPCODES, TEMPLATES } from './material.ts';
import { bends, bent, changed, changes, odd } from './spoil.ts';

/** Attackers and guards of a run; every one of them has a part in its scene. */
export const ATTACKERS = 6;
export const GUARDS = 7;
export const ROOMS = 6;

const attacker = fc.nat(ATTACKERS - 1);

/** Somebody whom a message may name. */
const anybody = fc.oneof(
  fc.nat(ATTACKERS - 1).map((index) => `$s${index}$`),
  fc.nat(GUARDS - 1).map((index) => `$g${index}$`),
);

const template = fc
  .tuple(fc.constantFrom(...TEMPLATES), fc.array(anybody, { maxLength: 3 }))
  .map(([{ op, utf8, latin1 }, others]) => {
    const names = [...others];
    const renamed = (text: string) => text.replace(/\$[sg]\d\$/g, (macro) => names.shift() ?? macro);
    return { op, bytes: utf8 === undefined ? { latin1: renamed(latin1 ?? '') } : { utf8: renamed(utf8) } };
  });

const textOf = (bytes: Bytes) => ('utf8' in bytes ? bytes.utf8 : bytes.latin1);

/** An opcode and what comes with it: meant well, mostly, and then spoilt. */
const content: fc.Arbitrary<{ op: number; bytes: Bytes }> = fc.oneof(
  { weight: 8, arbitrary: template },
  {
    weight: 8,
    arbitrary: fc.tuple(template, changes).map(([{ op, bytes }, list]) => ({
      op,
      bytes: 'utf8' in bytes ? { utf8: changed(bytes.utf8, list) } : bytes,
    })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(template, bends)
      .map(([{ op, bytes }, list]) => ({ op, bytes: { latin1: bent(textOf(bytes), list) } })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(template, odd)
      .map(([{ op }, utf8]): { op: number; bytes: Bytes } => ({ op, bytes: { utf8 } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(template, fc.array(fc.nat(255), { maxLength: 60 }))
      .map(([{ op }, codes]) => ({ op, bytes: { latin1: String.fromCharCode(...codes) } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(template, fc.json({ maxDepth: 3 }))
      .map(([{ op }, utf8]) => ({ op, bytes: { utf8 } })),
  },
);

const anyRoom = fc.nat(ROOMS + 1).map((index) => `$m${index}$`);
const ownRoom = fc.nat(9).map((index) => `$j${index}$`);
const foreign = fc.constantFrom(
  '',
  'x',
  '.',
  '$m1$.',
  '$m0$.$m1$',
  '$s0$',
  '$s0$.',
  '00000000-0000-4000-8000-000000000000.online-match',
  '00000000-0000-0000-0000-000000000000.',
  '__proto__',
  '$x5000$',
  '$m0$ ',
  'ABCD.',
  'BCD-FGH',
  '$m9$',
);
const matchId = fc.oneof({ weight: 6, arbitrary: anyRoom }, { weight: 1, arbitrary: foreign });
const dataMatchId = fc.oneof({ weight: 8, arbitrary: ownRoom }, { weight: 2, arbitrary: matchId });

const presence = fc
  .oneof(anybody, anybody, fc.constantFrom('', 'a b', '*', 'x,y', '__proto__', '$x99$'))
  .map((session_id) => ({ session_id, user_id: '$u0$', username: 'p' }));

const data = fc
  .record({
    match_id: dataMatchId,
    content,
    op: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constantFrom(...OPCODES) },
    ),
    presences: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.array(presence, { maxLength: 4 }) },
    ),
  })
  .map(({ match_id, content: { op: usual, bytes }, op, presences }) => {
    const to = presences ?? (usual === FRAME ? [{ session_id: '$s1$' }] : null);
    return {
      match_data_send: { match_id, op_code: op ?? String(usual), data: bytes, ...(to && { presences: to }) },
    };
  });

/** Of data through the server, which names whom it is for beside it. */
const FRAME = 9015;

const key = fc.constantFrom(
  'password',
  'client_version',
  'online_match',
  '__proto__',
  'constructor',
  'x',
  '',
);
const word = fc.constantFrom(
  '1',
  'dev',
  '2.0',
  '',
  'é😀',
  '$x64$',
  '$x65$',
  '$x4000$',
  '*',
  'a:b',
  '__proto__',
);
const strings = fc.dictionary(key, word, { maxKeys: 3 });
/** Of any seat, their own among them. */
const resumption = fc.record(
  {
    online_match: fc.constant('1'),
    resume: fc.constantFrom('1', '2', '3', '4', '5', '', 'x', '-1', '$x4000$'),
    fresh: fc.constantFrom('1', '0'),
  },
  { requiredKeys: ['online_match', 'resume'] },
);
const ABLE = { online_match: '1', can: 'ice_restart fallback media' };
const whole = fc.constantFrom(2, 2, 3, 4, 8, 0, -1, 1, 17, 2147483647);

const ticket = fc
  .record({
    counts: fc.oneof(fc.tuple(whole, whole), fc.constant([2, 2])),
    query: fc.constantFrom(
      '*',
      '',
      '+properties.client_version:dev',
      '+properties.x:1 *',
      '-properties.y:2',
      '~2 *',
      '^0 +properties.client_version:dev',
      ' ',
      '$x300$',
    ),
    string_properties: fc.oneof(strings, fc.constant({ client_version: 'dev' })),
    numeric_properties: fc.dictionary(
      fc.constantFrom(
        'online_match_version',
        'online_match_min',
        'online_match_max',
        'online_match',
        'client_version',
        'rank',
      ),
      fc.constantFrom(0, -1, 2.5, 1e300),
      { maxKeys: 2 },
    ),
    own: fc.constantFrom(
      {},
      {},
      { online_match_version: 'v646576' },
      { online_match_min: 'x', online_match_max: '-1' },
    ),
  })
  .map(({ own, counts: [min_count, max_count], string_properties, ...rest }) => ({
    min_count,
    max_count,
    ...rest,
    string_properties: { ...string_properties, ...own },
  }));

const call = fc
  .tuple(
    fc.constantFrom(...CALLS),
    fc.option(changes, { freq: 2 }),
    fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: odd }),
  )
  .map(([[rpc, payload], list, other]) => ({
    rpc,
    payload: other ?? (list ? changed(payload, list) : payload),
  }));

/** What the backend does is meant: it sends no guard away. */
const callOfBackend = call.filter(({ rpc }) => rpc !== 'kick_from_online_match');

/** Any request a client can make that this module takes part in. */
const envelope: fc.Arbitrary<{ readonly [kind: string]: unknown }> = fc.oneof(
  { weight: 60, arbitrary: data },
  {
    weight: 10,
    arbitrary: fc
      .record({
        match_id: matchId,
        metadata: fc.oneof(
          fc.constant({}),
          fc.constantFrom<Record<string, string>[]>({ online_match: '1' }, ABLE),
          resumption,
          strings,
        ),
      })
      .map((match_join) => ({ match_join })),
  },
  { weight: 3, arbitrary: matchId.map((match_id) => ({ match_leave: { match_id } })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ match_create: {} }, { match_create: {} }, { match_create: { name: 'n' } }),
  },
  { weight: 6, arbitrary: call.map(({ rpc, payload }) => ({ rpc: { id: rpc, payload } })) },
  { weight: 3, arbitrary: ticket.map((matchmaker_add) => ({ matchmaker_add })) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constant({ party_create: { open: true, max_size: 4 } }),
      fc.constant({ party_join: { party_id: '$p0$' } }),
      ticket.map((own) => ({ party_matchmaker_add: { party_id: '$p0$', ...own } })),
    ),
  },
);

/** Envelopes as text, to be spoilt where Nakama itself reads them. */
const REQUESTS = [
  { match_data_send: { match_id: '$j0$', op_code: '9001', data: 'e30=' } },
  { match_join: { match_id: '$m1$', metadata: { online_match: '1' } } },
  { rpc: { id: 'create_online_match', payload: '{}' } },
  { matchmaker_add: { min_count: 2, max_count: 4, query: '*' } },
  { match_create: {} },
].map((request) => JSON.stringify({ cid: '1', ...request }));

const raw = fc.oneof(
  fc.tuple(fc.constantFrom(...REQUESTS), changes).map(([json, list]) => changed(json, list)),
  fc.tuple(fc.constantFrom(...REQUESTS), bends).map(([json, list]) => bent(json, list)),
);

export const frame: fc.Arbitrary<Frame> = fc.oneof(
  {
    weight: 85,
    arbitrary: fc.record(
      {
        type: fc.constant('send' as const),
        by: attacker,
        envelope,
        steps: fc.nat(6),
        times: fc.oneof(
          { weight: 30, arbitrary: fc.constant(1) },
          { weight: 1, arbitrary: fc.constantFrom(2, 5, 20, 40) },
        ),
      },
      { requiredKeys: ['type', 'by', 'envelope'] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .oneof(fc.tuple(attacker, call), fc.tuple(fc.constant('backend' as const), callOfBackend))
      .map(([by, one]): Frame => ({ type: 'call', by, ...one })),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('raw' as const), by: attacker, text: raw }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('close' as const), by: attacker }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('wait' as const), seconds: fc.constantFrom(1, 1, 1, 2, 5) }),
  },
);
