import type { Codec, Content, Payload } from './codec.ts';
import { ScriptError } from './script.ts';

/**
 * Godot's StreamPeerBuffer: little-endian, a text is its length in bytes as u32 and its UTF-8. So writes the
 * C# variant of the addon.
 */
export const binary: Codec = {
  encode(payload, content) {
    const writer = new Writer();
    write[payload](writer, content);
    return writer.bytes();
  },
  decode: (payload, bytes) => read[payload](new Reader(bytes)),
};

const METHODS = ['set_remote_description', 'add_ice_candidate', 'reconnect'];
/** The arguments of each method, in order. */
const ARGUMENTS: Record<string, string[]> = {
  set_remote_description: ['type', 'sdp'],
  add_ice_candidate: ['media', 'index', 'name'],
  reconnect: [],
};
/** .NET's TypeCode. */
const INT32 = 9;
const STRING = 18;

type Entry = { session_id: string; username: string; peer_id: number };

const write: Record<Payload, (writer: Writer, content: Content) => void> = {
  'peer-method': (writer, content) => {
    const method = String(content.method);
    const names = ARGUMENTS[method] ?? [];
    writer.u8(METHODS.indexOf(method)).text(content.target).u8(names.length);
    for (const value of names.map((name) => content[name])) {
      if (typeof value === 'number') writer.u8(INT32).i32(value);
      else writer.u8(STRING).text(value);
    }
  },
  'join-success': (writer, { players, client_version }) => {
    const entries = Object.values(players as Record<string, Entry>);
    writer.i32(entries.length);
    for (const player of entries) {
      writer.text(player.session_id).text(player.username).i32(player.peer_id);
    }
    writer.text(client_version);
  },
  'join-error': (writer, { target, code, reason }) =>
    writer
      .text(target)
      .i32(code as number)
      .text(reason),
  'join-request': () => {
    throw new Error('this variant asks for nothing');
  },
};

const read: Record<Payload, (reader: Reader) => Content> = {
  'peer-method': (reader) => {
    const method = METHODS[reader.u8()] ?? '';
    const target = reader.text();
    const values = Array.from({ length: reader.u8() }, () => reader.typed());
    const names = ARGUMENTS[method] ?? [];
    return { method, target, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) };
  },
  'join-success': (reader) => {
    const entries = Array.from({ length: reader.i32() }, (): Entry => {
      return { session_id: reader.text(), username: reader.text(), peer_id: reader.i32() };
    });
    const players = Object.fromEntries(entries.map((player) => [player.session_id, player]));
    return { players, client_version: reader.text() };
  },
  'join-error': (reader) => ({ target: reader.text(), code: reader.i32(), reason: reader.text() }),
  'join-request': () => {
    throw new Error('this variant asks for nothing');
  },
};

class Writer {
  private readonly parts: Buffer[] = [];

  u8(value: number): this {
    this.parts.push(Buffer.of(value));
    return this;
  }

  i32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeInt32LE(value);
    this.parts.push(part);
    return this;
  }

  text(value: unknown): this {
    const utf8 = Buffer.from(String(value));
    this.i32(utf8.length).parts.push(utf8);
    return this;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  u8(): number {
    return this.take(1).readUInt8();
  }

  i32(): number {
    return this.take(4).readInt32LE();
  }

  text(): string {
    return this.take(this.take(4).readUInt32LE()).toString();
  }

  typed(): unknown {
    const type = this.u8();
    if (type === INT32) return this.i32();
    if (type === STRING) return this.text();
    throw new ScriptError(`Cannot deserialize argument with unhandled type code ${type}`);
  }

  /** Godot's own answers 0 and '' past the end; the bot is stricter, since a server must not come near it. */
  private take(count: number): Buffer {
    if (this.at + count > this.bytes.length) throw new ScriptError('Unexpected end of the payload');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}
