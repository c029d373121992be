import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';
import type { Envelope } from '../players/wire.ts';

/** A frame of a recorded client: `sent` by it or to it. */
export interface Frame {
  readonly timeMs: number;
  readonly client: string;
  readonly sent: boolean;
  readonly envelope: Envelope;
}

const FOLDER = path.join(projectDir, 'kit', 'addon', 'traces');

/** The frames of a recording in their order, and its clients. */
export function recordingOf(name: string): { frames: Frame[]; clients: string[] } {
  const lines = readFileSync(path.join(FOLDER, `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
  const frames = lines.map((line): Frame => {
    const [, seconds, client = '', arrow, json = ''] = /^(\S+) (\d+)([<>]) (.*)$/.exec(line) ?? [];
    return { timeMs: Number(seconds) * 1000, client, sent: arrow === '>', envelope: JSON.parse(json) };
  });
  return { frames, clients: [...new Set(frames.map(({ client }) => client))].sort() };
}

/**
 * A frame as text, with its match data as text too and without what is random: the same for two clients that
 * do the same. Ids are numbered by `seen` in the order in which they come.
 */
export function normalised(envelope: Envelope, seen: Map<string, string>): string {
  const text = JSON.stringify(envelope, (key, value) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!seen.has(id)) seen.set(id, `<id ${seen.size + 1}>`);
      return seen.get(id) as string;
    })
    .replace(
      /o=rtc \d+|ice-ufrag:[^\\]+|ice-pwd:[^\\]+|sha-256 [0-9A-F:]+/g,
      (field) => field.split(/[ :]/)[0] ?? '',
    )
    .replace(/(candidate:\d \d UDP \d+ \S+) \d+/g, '$1 <port>')
    .replace(/(<id \d+>\.)[\w-]+/g, '$1')
    .replace(/(username\\?":\\?"|token":")[^"\\]+/g, '$1…');
}
