/** Whom a message may name. */
export interface Names {
  /** Another member. */
  readonly peer: string;
  /** A member who is not in yet, for whom messages wait; the peer where there is none. */
  readonly waiting: string;
  readonly host: string;
}

/** A way to make a message dear. */
export interface Dear {
  readonly opCode: number;
  readonly dialect: 'JSON' | 'binary';
  readonly name: string;
  /** About so many bytes; `turn` counts the messages, which need not all say the same. */
  write(bytes: number, names: Names, turn: number): Uint8Array;
  /** As many recipients as the message has bytes for, in the place of data; what that costs, Nakama decides. */
  readonly isAddressed?: true;
}

const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const times = (unit: string, bytes: number) =>
  unit.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(unit))));

const entry = (sessionId: string, peerId: number) => ({
  session_id: sessionId,
  username: 'p',
  peer_id: peerId,
});

/** What is meant well under an opcode: the message, and the field of it that may be long. */
const MEANT: readonly {
  readonly opCode: number;
  readonly fields: (names: Names, turn: number) => Record<string, unknown>;
  readonly long: string;
}[] = [
  {
    opCode: 9001,
    fields: ({ peer }) => ({ method: 'set_remote_description', target: peer, type: 'offer', sdp: 'v=0' }),
    long: 'sdp',
  },
  {
    opCode: 9001,
    fields: ({ waiting }) => ({
      method: 'add_ice_candidate',
      target: waiting,
      media: '0',
      index: 0,
      name: '',
    }),
    long: 'name',
  },
  ...[9002, 9004].map((opCode) => ({
    opCode,
    fields: ({ host, peer }: Names) => ({
      client_version: 'dev',
      players: { [host]: entry(host, 1), [peer]: entry(peer, 2) },
    }),
    long: 'client_version',
  })),
  { opCode: 9002, fields: () => ({ client_version: 'dev' }), long: 'client_version' },
  { opCode: 9003, fields: () => ({ target: 'nobody', reason: 'full' }), long: 'reason' },
  { opCode: 9010, fields: () => ({ phase: 'ready' }), long: 'phase' },
  {
    opCode: 9011,
    fields: ({ peer }, turn) => ({ peer, state: turn % 2 === 0 ? 'failed' : 'connected' }),
    long: 'x',
  },
  {
    opCode: 9011,
    fields: ({ peer }, turn) => ({ peer, state: turn % 2 === 0 ? 'connecting' : 'connected' }),
    long: 'x',
  },
  { opCode: 1, fields: () => ({}), long: 'x' },
];

/** What a long field holds, by its kind. */
const TEXTS: Readonly<Record<string, (bytes: number) => string>> = {
  'long text': (bytes) => times('x', bytes),
  escapes: (bytes) => times('\\u0041', bytes),
  quotes: (bytes) => times('\\"', bytes),
  'text that is not ASCII': (bytes) => times('é', bytes),
  commas: (bytes) => times(',', bytes),
};

/** JSON in a field that nobody asked for. */
const VALUES: Readonly<Record<string, (bytes: number) => string>> = {
  'nested arrays': (bytes) => times('[', bytes / 2) + times(']', bytes / 2),
  'arrays that do not end': (bytes) => times('[', bytes),
  'nested objects': (bytes) => `${times('{"":', (bytes * 4) / 5)}1${times('}', bytes / 5)}`,
  'many keys': (bytes) => `{${list(bytes, (index) => `"${index}":1`)}}`,
  'many objects': (bytes) => `[${list(bytes, () => '{}')}]`,
  numbers: (bytes) => `[${list(bytes, () => '1')}]`,
  blanks: (bytes) => `${times(' ', bytes)}1`,
  'a long number': (bytes) => times('1', bytes),
};

/** Units separated by commas. */
function list(bytes: number, unit: (index: number) => string): string {
  const units: string[] = [];
  for (let length = 0; length < bytes; length += (units.at(-1) as string).length + 1)
    units.push(unit(units.length));
  return units.join(',');
}

/** The object's JSON with one more field, whose value is JSON already. */
function withField(fields: object, key: string, bytes: number, value: (bytes: number) => string): string {
  const rest = JSON.stringify(fields).slice(0, -1);
  const begun = `${rest}${rest.length > 1 ? ',' : ''}${JSON.stringify(key)}:`;
  return `${begun}${value(Math.max(1, bytes - begun.length - 1))}}`;
}

const json = (
  opCode: number,
  name: string,
  write: (bytes: number, names: Names, turn: number) => string,
) => ({
  opCode,
  dialect: 'JSON' as const,
  name,
  write: (bytes: number, names: Names, turn: number) => utf8(write(bytes, names, turn)),
});

const ofMeant = MEANT.flatMap(({ opCode, fields, long }): Dear[] => {
  const meant = (names: Names, turn: number) => {
    const { [long]: _, ...others } = fields(names, turn);
    return others;
  };
  return [
    json(opCode, 'as meant', (_bytes, names, turn) => JSON.stringify(fields(names, turn))),
    ...Object.entries(TEXTS).map(([name, text]) =>
      json(opCode, name, (bytes, names, turn) =>
        withField(meant(names, turn), long, bytes - 2, (left) => `"${text(left)}"`),
      ),
    ),
    ...Object.entries(VALUES).map(([name, value]) =>
      json(opCode, name, (bytes, names, turn) => withField(fields(names, turn), 'more', bytes, value)),
    ),
    {
      ...json(opCode, 'no UTF-8', () => ''),
      write: (bytes, names, turn) =>
        new Uint8Array(Buffer.concat([utf8(JSON.stringify(fields(names, turn))), Buffer.alloc(bytes, 0xff)])),
    },
  ];
});

const OPCODES = [9001, 9002, 9003, 9004, 9010, 9011, 1];

const ofEvery = OPCODES.map((opCode) => json(opCode, 'empty', () => ''));

const ofSome: readonly Dear[] = [
  { ...json(9001, 'many recipients', () => '{}'), isAddressed: true },
  json(9001, 'a long target', (bytes) =>
    withField({ method: 'reconnect' }, 'target', bytes - 2, (left) => `"${times('x', left)}"`),
  ),
  json(9003, 'a long target', (bytes) =>
    withField({ reason: 'full' }, 'target', bytes - 2, (left) => `"${times('x', left)}"`),
  ),
  ...[9002, 9004].map((opCode) =>
    json(opCode, 'many players', (bytes, { host }) =>
      withField({ client_version: 'dev' }, 'players', bytes - 60, (left) => {
        const others = list(left - 60, (index) => `"${index}":{"peer_id":${index + 2}}`);
        return `{"${host}":{"peer_id":1},${others}}`;
      }),
    ),
  ),
];

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const text = (value: string | Buffer) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]);
const byte = (...values: number[]) => Buffer.from(values);

const binary = (opCode: number, name: string, write: (bytes: number, names: Names) => Buffer[]): Dear => ({
  opCode,
  dialect: 'binary',
  name,
  write: (bytes, names) => new Uint8Array(Buffer.concat(write(bytes, names))),
});

const STRING = 18;
const BOOLEAN = 3;

const inBinary: readonly Dear[] = [
  ...(['peer', 'waiting'] as const).map((whom) =>
    binary(9001, 'as meant, long text', (bytes, names) => [
      byte(0),
      text(names[whom]),
      byte(2, STRING),
      text('offer'),
      byte(STRING),
      text('x'.repeat(bytes)),
    ]),
  ),
  binary(9001, 'many arguments', (bytes, { peer }) => [
    byte(2),
    text(peer),
    byte(255),
    ...Array.from({ length: 255 }, () => Buffer.concat([byte(STRING), text('x'.repeat(bytes / 255))])),
  ]),
  binary(9001, 'many small arguments', (_bytes, { peer }) => [
    byte(2),
    text(peer),
    byte(255),
    ...Array.from({ length: 255 }, () => byte(BOOLEAN, 1)),
  ]),
  binary(9001, 'a long target', (bytes) => [byte(2), text('x'.repeat(bytes)), byte(0)]),
  binary(9001, 'a target that is no UTF-8', (bytes) => [byte(2), text(Buffer.alloc(bytes, 0xff)), byte(0)]),
  binary(9002, 'as meant, long version', (bytes, { host, peer }) => [
    int32(2),
    ...[text(host), text('p'), int32(1), text(peer), text('p'), int32(2)],
    text('x'.repeat(bytes)),
  ]),
  binary(9002, 'long names', (bytes, { host, peer }) => [
    int32(2),
    ...[text(host), text('x'.repeat(bytes / 2)), int32(1), text(peer), text('x'.repeat(bytes / 2)), int32(2)],
    text('dev'),
  ]),
  binary(9002, 'many players', (bytes, { host }) => {
    const count = Math.floor(bytes / 16);
    const others = Array.from({ length: count }, (_, index) => [
      text(`${index}`),
      text(''),
      int32(index + 2),
    ]);
    return [int32(count + 1), text(host), text(''), int32(1), ...others.flat(), text('dev')];
  }),
  binary(9003, 'a long reason', (bytes) => [text('nobody'), int32(1), text('x'.repeat(bytes))]),
  binary(9003, 'a long target', (bytes) => [text('x'.repeat(bytes)), int32(1), text('full')]),
  ...OPCODES.map((opCode) => binary(opCode, 'zeros', (bytes) => [Buffer.alloc(bytes)])),
];

/** Everything that a client may try, whether or not anybody would. */
export const DEAR: readonly Dear[] = [...ofMeant, ...ofEvery, ...ofSome, ...inBinary];
