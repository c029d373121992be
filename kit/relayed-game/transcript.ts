import { bytesOf, type Envelope, type Presence } from '../players/wire.ts';
import type { Actor } from './actor.ts';

export interface Step {
  readonly title: string;
  /** Where the order of events is luck on a stock server. */
  readonly isRace: boolean;
  /** How many messages each had when it began. */
  readonly begins: ReadonlyMap<Actor, number>;
  /** Who was in when it began. */
  readonly inside: readonly Actor[];
}

type Names = (text: string) => string;

/** What everybody was sent, step by step, as lines that are the same on every server but for what is different. */
export function transcriptOf(
  cast: readonly Actor[],
  steps: readonly Step[],
  words: ReadonlyMap<string, string>,
  failure: string | undefined,
): string {
  const names = namesOf(cast, words);
  const lines = steps.flatMap((step, i) => {
    const heard = cast.flatMap((actor) => {
      const begin = step.begins.get(actor);
      if (begin === undefined) return [];
      const messages = actor.envelopes.slice(begin, steps[i + 1]?.begins.get(actor));
      return linesOf(messages, step, names).map((line) => `  ${actor.name} ← ${line}`);
    });
    return [step.title, ...heard];
  });
  return [...lines, ...(failure ? [`stuck: ${names(failure)}`] : [])].join('\n');
}

function linesOf(messages: Envelope[], { isRace, inside }: Step, names: Names): string[] {
  const before = inside.map(({ self }) => self?.session_id ?? '');
  const equal = withoutDifference(messages, before);
  return sorted(isRace ? [...known(equal), ...equal.filter((each) => !isNews(each))] : equal, names);
}

/**
 * The difference that cannot be made up for. Nakama itself answers a join of a match that has a handler: with
 * `authoritative`, a label, and without a creator whose `create_match` the module answered. The module tells of
 * the creator by an event right after the reply, which is taken here as a part of it; a creator who joins again
 * knows of itself.
 */
function withoutDifference(messages: readonly Envelope[], before: readonly string[]): Envelope[] {
  const rest = [...messages];
  return rest.flatMap((envelope, i) => {
    if (!envelope.match) return [envelope];
    const { authoritative, label: _, size: __, presences = [], ...match } = envelope.match;
    const missing = before.filter((id) => presences.every(({ session_id }) => session_id !== id));
    const makesUp = ({ match_presence_event: event }: Envelope) =>
      !event?.leaves && event?.joins?.length === 1 && missing.includes(event.joins[0]?.session_id ?? '');
    const at = authoritative ? rest.findIndex((other, j) => j > i && makesUp(other)) : -1;
    const [told] = at < 0 ? [] : rest.splice(at, 1);
    const creator = told?.match_presence_event?.joins ?? [];
    const itself = authoritative && missing.includes(match.self.session_id) ? [match.self] : [];
    return [{ match: { ...match, presences: [...presences, ...creator, ...itself] } }];
  });
}

const isNews = ({ match, match_presence_event: event }: Envelope) =>
  match !== undefined || event?.joins !== undefined;

/**
 * Whom a race made known. A stock Nakama may tell of one by the reply and by an event, and with the module it may be
 * two events, as one of them makes up for the reply: twice is luck on both.
 */
function known(messages: readonly Envelope[]): Envelope[] {
  const replies = messages.flatMap(({ match }) => match?.presences ?? []);
  const events = messages.flatMap(({ match_presence_event: event }) => event?.joins ?? []);
  const all = new Map([...replies, ...events].map((each) => [each.session_id, each]));
  return all.size === 0 ? [] : [{ knows: [...all.values()] }];
}

/** In the order of their text, as events of different senders come in any; what one sender sent stays in order. */
function sorted(messages: readonly Envelope[], names: Names): string[] {
  const printed = messages.map((envelope) => {
    const line = names(print(envelope, names));
    const { match_data: data } = envelope;
    return { line, key: data ? `match_data of ${names(data.presence?.session_id ?? '')}` : line };
  });
  return printed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ line }) => line);
}

function print({ cid: _, ...envelope }: Envelope, names: Names): string {
  const { match_data: data } = envelope;
  if (data) envelope.match_data = { ...data, data: textOf(bytesOf(data)) };
  const byName = (a: object, b: object) => (names(nameIn(a)) < names(nameIn(b)) ? -1 : 1);
  return JSON.stringify(envelope, (_key, value) => {
    if (Array.isArray(value)) return [...value].sort(byName);
    if (isWhole(value, names)) return names(value.session_id);
    return typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort()) : value;
  });
}

/** A presence with all that belongs to it, which is told by a name. */
function isWhole(value: unknown, names: Names): value is Presence {
  const { user_id, session_id, username, ...more } = (value ?? {}) as Partial<Presence>;
  const isNamed = session_id !== undefined && names(user_id ?? '') === `user ${username && names(username)}`;
  return isNamed && Object.keys(more).length === 0;
}

const textOf = (bytes: Buffer) =>
  bytes.length > 40 ? `${bytes.length} bytes` : JSON.stringify(bytes.toString('latin1'));

const nameIn = (each: object): string =>
  (each as Presence).username ?? (each as { presence: Presence }).presence?.username ?? '';

function namesOf(cast: readonly Actor[], words: ReadonlyMap<string, string>): Names {
  const all = new Map(words);
  for (const { name, self } of cast) {
    if (!self) continue;
    all.set(self.session_id, name);
    all.set(self.user_id, `user ${name.replaceAll("'", '')}`);
  }
  return (text) => {
    const named = [...all].reduce((line, [id, word]) => line.replaceAll(id, word), text);
    return named
      .replace(/[\w-]+\.[\w-]+\.[\w-]{20,}/g, 'token')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
  };
}
