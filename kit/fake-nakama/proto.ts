/** As much of protojson as hooks and raw sends meet: field names, types and zero values of messages. */

type Scalar = 'string' | 'int32' | 'int64' | 'bool' | 'bytes' | 'map' | 'wrapper' | 'oneof';
interface Schema {
  [field: string]: Scalar | Schema | [Schema];
}
type Data = Record<string, unknown>;

const presence: Schema = {
  user_id: 'string',
  session_id: 'string',
  username: 'string',
  persistence: 'bool',
  status: 'wrapper',
};
const ticket: Schema = {
  min_count: 'int32',
  max_count: 'int32',
  query: 'string',
  string_properties: 'map',
  numeric_properties: 'map',
  count_multiple: 'wrapper',
};
const matchedUser: Schema = {
  presence,
  party_id: 'string',
  string_properties: 'map',
  numeric_properties: 'map',
};

/** The envelopes the fake server knows. */
const envelope: Schema = {
  cid: 'string',
  ping: {},
  pong: {},
  rpc: { id: 'string', payload: 'string', http_key: 'string' },
  error: { code: 'int32', message: 'string', context: 'map' },
  match_create: { name: 'string' },
  match_join: { match_id: 'oneof', token: 'oneof', metadata: 'map' },
  match_leave: { match_id: 'string' },
  match_data_send: {
    match_id: 'string',
    op_code: 'int64',
    data: 'bytes',
    presences: [presence],
    reliable: 'bool',
  },
  match: {
    match_id: 'string',
    authoritative: 'bool',
    label: 'wrapper',
    size: 'int32',
    presences: [presence],
    self: presence,
  },
  match_data: { match_id: 'string', presence, op_code: 'int64', data: 'bytes', reliable: 'bool' },
  notifications: {
    notifications: [{ subject: 'string', content: 'string', code: 'int32', sender_id: 'string' }],
  },
  match_presence_event: { match_id: 'string', joins: [presence], leaves: [presence] },
  matchmaker_add: ticket,
  matchmaker_ticket: { ticket: 'string' },
  matchmaker_remove: { ticket: 'string' },
  matchmaker_matched: {
    ticket: 'string',
    match_id: 'oneof',
    token: 'oneof',
    users: [matchedUser],
    self: matchedUser,
  },
  party_create: { open: 'bool', max_size: 'int32' },
  party_join: { party_id: 'string' },
  party: {
    party_id: 'string',
    open: 'bool',
    max_size: 'int32',
    self: presence,
    leader: presence,
    presences: [presence],
  },
  party_matchmaker_add: { party_id: 'string', ...ticket },
  party_matchmaker_ticket: { party_id: 'string', ticket: 'string' },
};

const camel = (name: string) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

const ZERO: Record<Scalar, unknown> = {
  string: '',
  int32: 0,
  int64: '0',
  bool: false,
  bytes: '',
  map: {},
  wrapper: null,
  oneof: undefined,
};

const VALID: Record<Scalar, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  int32: (value) => Number.isInteger(value) && value === ((value as number) | 0),
  int64: (value) => isInt64(String(value)),
  bool: (value) => typeof value === 'boolean',
  bytes: (value) => typeof value === 'string' && /^[\w+/-]*={0,2}$/.test(value),
  map: (value) => typeof value === 'object',
  wrapper: () => true,
  oneof: (value) => typeof value === 'string',
};

function isInt64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** Reads protojson in either spelling; zero values are left out, as they are on the wire. */
function parse(schema: Schema, value: unknown, path: string): Data {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${path} is not a message`);
  const read: Data = {};
  for (const [key, item] of Object.entries(value)) {
    const name = Object.keys(schema).find((field) => field === key || camel(field) === key);
    if (name === undefined) throw new Error(`unknown field ${path}.${key}`);
    if (item === null || item === undefined) continue;
    const type = schema[name] as Schema[string];
    if (typeof type === 'string') {
      if (!VALID[type](item)) throw new Error(`invalid value for ${path}.${key}: ${JSON.stringify(item)}`);
      const clean = type === 'int64' ? String(item) : item;
      const isZero = JSON.stringify(clean) === JSON.stringify(ZERO[type]);
      if (!isZero) read[name] = structuredClone(clean);
    } else if (Array.isArray(type)) {
      const list = (item as unknown[]).map((one, i) => parse(type[0], one, `${path}.${key}[${i}]`));
      if (list.length > 0) read[name] = list;
    } else read[name] = parse(type, item, `${path}.${key}`);
  }
  return read;
}

/** Writes it as hooks see it: camel case, zero values included. */
function print(schema: Schema, value: Data): Data {
  const written: Data = {};
  for (const [name, type] of Object.entries(schema)) {
    const item = value[name];
    if (typeof type === 'string') {
      const filled = item ?? ZERO[type];
      if (filled !== undefined) written[camel(name)] = filled;
    } else if (Array.isArray(type))
      written[camel(name)] = ((item as Data[]) ?? []).map((one) => print(type[0], one));
    else written[camel(name)] = item === undefined ? null : print(type, item as Data);
  }
  return written;
}

export const parseEnvelope = (value: unknown): Data => parse(envelope, value, 'envelope');

export function printEnvelope(value: Data): Data {
  const kind = Object.keys(value).find((key) => key !== 'cid');
  const body = kind && { [camel(kind)]: print(envelope[kind] as Schema, value[kind] as Data) };
  return { cid: value.cid ?? '', ...body };
}
