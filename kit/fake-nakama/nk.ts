import { createHash, createHmac } from 'node:crypto';
import type { recordingMetrics } from '../metrics/recording.ts';
import type { Envelope } from '../players/wire.ts';
import type { Random } from '../random.ts';
import type { localcache } from './local-cache.ts';
import type { Match } from './match.ts';
import { listMatches } from './match-listing.ts';
import type { Scheduler } from './scheduler.ts';
import type { Session } from './session.ts';
import type { Storage, StorageId, StorageWrite } from './storage.ts';
import type { Stream, Tracker } from './tracker.ts';

/** The node that `nk` acts on. */
export interface NkNode {
  readonly node: string;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly tracker: Tracker;
  readonly storage: Storage;
  /** nk.localcache, which all VMs share. */
  readonly cache: ReturnType<typeof localcache>;
  /** Who blocks whom, by user id. */
  readonly blocks: ReadonlySet<string>;
  readonly metrics: ReturnType<typeof recordingMetrics>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly matches: ReadonlyMap<string, Match>;
  matchOf(matchId: string): Match | undefined;
  createMatch(module: string, params: object): string;
  /** Whether this signal meets a full queue. */
  isBusy(): boolean;
}

type JsStream = Partial<Stream> & { subcontext?: string };
type Target = { sessionId?: string; nodeId?: string };

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('expects string');
  return value;
};

const streamOf = ({ mode, subject = '', label = '' }: JsStream): Stream => {
  if (!Number.isInteger(mode)) throw new TypeError('stream mode must be an integer');
  return { mode: mode as number, subject, label };
};

const bufferOf = (value: unknown): Buffer => {
  if (Object.prototype.toString.call(value) !== '[object ArrayBuffer]') {
    throw new TypeError('expects a ArrayBuffer object');
  }
  return Buffer.from(value as ArrayBuffer);
};

const arrayBufferOf = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

/**
 * The `nk` object: exactly what the module uses, with Nakama's checks and quirks. Others act while a hook or an
 * RPC still runs; in a match only one thing happens at a time.
 */
export function nkOf(server: NkNode, isInMatch = false) {
  const metaOf = (username: string) => ({
    hidden: false,
    persistence: false,
    username,
    status: '',
    reason: 0,
  });
  const sessionOf = (userId: string, sessionId: string) => {
    const session = server.sessions.get(text(sessionId));
    if (session?.user.userId !== text(userId)) throw new Error('session id does not exist');
    return session;
  };
  const listed = (stream: JsStream) => server.tracker.list(streamOf(stream));
  return {
    matchCreate: (module: string, params: object = {}) => server.createMatch(text(module), params),

    matchGet(id: string) {
      const match = server.matchOf(text(id));
      if (match) return { matchId: id, authoritative: true, size: match.members.length, label: match.label };
      if (!/^[0-9a-f-]{36}\./.test(id)) throw new Error('failed to get match: match id invalid');
      const size = id.endsWith('.') ? listed({ mode: 5, subject: id.slice(0, -1) }).length : 0;
      return size === 0 ? null : { matchId: id, authoritative: false, size, label: null };
    },

    matchList(
      limit = 1,
      authoritative?: boolean | null,
      label?: string | null,
      minSize?: number | null,
      maxSize?: number | null,
      query?: string | null,
    ) {
      return listMatches(server, { limit, authoritative, label, minSize, maxSize, query });
    },

    matchSignal(id: string, data = '') {
      const match = server.matchOf(text(id));
      if (!match) throw new Error('failed to signal match: match not found');
      try {
        if (server.isBusy()) throw new Error('match busy');
        return match.signal(text(data));
      } catch (error) {
        throw new Error(`failed to signal match: ${(error as Error).message}`);
      }
    },

    streamUserGet(userId: string, sessionId: string, stream: JsStream) {
      const session = listed(stream).find(
        ({ id, user }) => id === text(sessionId) && user.userId === text(userId),
      );
      return session ? metaOf(session.user.username) : null;
    },

    streamUserList: (stream: JsStream) =>
      listed(stream).map(({ id, user }) => ({ sessionId: id, userId: user.userId, username: user.username })),

    streamUserJoin(userId: string, sessionId: string, stream: JsStream, isHidden = false) {
      return server.tracker.track(streamOf(stream), sessionOf(userId, sessionId), isHidden);
    },

    /** Of what may change, hidden to visible only. */
    streamUserUpdate(userId: string, sessionId: string, stream: JsStream, isHidden = false) {
      if (isHidden) throw new Error('fake Nakama hides nobody who was visible');
      server.tracker.show(streamOf(stream), sessionOf(userId, sessionId));
    },

    /** Quirks kept: no targets means the whole stream, and a target need not be in the stream. */
    streamSendRaw(stream: JsStream, envelope: Envelope, targets: Target[] = []) {
      const whole = targets.length === 0;
      const receivers = whole
        ? listed(stream)
        : targets.map(({ sessionId }) => server.sessions.get(sessionId ?? ''));
      for (const [i, session] of receivers.entries()) {
        if (whole || (targets[i] as Target).nodeId === server.node) session?.send(envelope);
      }
      if (!isInMatch) server.scheduler.letOthersRun(server.random.below(20));
    },

    binaryToString(data: ArrayBuffer) {
      const buffer = bufferOf(data);
      if (!buffer.equals(Buffer.from(buffer.toString())))
        throw new TypeError('expects data to be UTF-8 encoded');
      return buffer.toString();
    },

    stringToBinary: (value: string) => arrayBufferOf(Buffer.from(text(value))),

    base64Encode: (value: string | ArrayBuffer) =>
      (typeof value === 'string' ? Buffer.from(value) : bufferOf(value)).toString('base64'),

    base64Decode(value: string) {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text(value))) throw new Error(`Failed to decode string: ${value}`);
      return arrayBufferOf(Buffer.from(value, 'base64'));
    },

    sha256Hash: (value: string) => createHash('sha256').update(text(value)).digest('hex'),
    hmacSha256Hash: (value: string, key: string) =>
      arrayBufferOf(createHmac('sha256', text(key)).update(text(value)).digest()),
    secureRandomBytes: (count: number) =>
      arrayBufferOf(Buffer.from(Array.from({ length: count }, () => server.random.below(256)))),

    localcacheGet: (key: string) => server.cache.localcacheGet(text(key)),
    localcachePut: (key: string, value: unknown, seconds?: number) =>
      server.cache.localcachePut(text(key), value, seconds),
    localcacheDelete: (key: string) => server.cache.localcacheDelete(text(key)),

    storageRead: (ids: StorageId[]) => server.storage.read(ids),
    storageWrite: (records: StorageWrite[]) => server.storage.write(records),

    ...server.metrics.parts,

    /** Only to whoever is connected: not persistent, and sent to users one by one. */
    notificationSend(
      userId: string,
      subject: string,
      content: object,
      code: number,
      senderId: string | null = null,
    ) {
      if (!/^[0-9a-f-]{36}$/.test(text(userId))) throw new TypeError('expects user_id to be a valid UUID');
      const notification = { subject, content: JSON.stringify(content), code, sender_id: senderId ?? '' };
      for (const session of server.sessions.values()) {
        if (session.user.userId === userId)
          session.send({ notifications: { notifications: [notification] } });
      }
    },

    /** The module asks the database for two things only: to wait, and who blocks a user. */
    sqlQuery(query: string, values: unknown[]) {
      if (query.includes('FROM user_edge')) {
        const [blocked, ...users] = values as string[];
        return users
          .filter((user) => server.blocks.has(`${user} ${blocked}`))
          .map((source_id) => ({ source_id }));
      }
      if (query !== 'SELECT pg_sleep($1)') throw new Error(`fake Nakama has no database for ${query}`);
      const [seconds] = values as [number];
      server.scheduler.nowMs += seconds * 1000;
      server.scheduler.letOthersRun(server.random.below(10));
      return [{ pg_sleep: '' }];
    },
  };
}
