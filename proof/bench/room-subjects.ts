import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';
import { Subject as Names } from './subjects.ts';

/** A kind of match, and how a server makes it. */
export interface Subject {
  readonly name: string;
  /** From the project's folder. */
  readonly bundle: string;
  /** What Nakama is given to make a match, in the terms of the bundle. */
  readonly match: string;
  /** All that the server does for a match that a client asks for, but for HTTP. */
  readonly request: string;
  readonly adapt?: (text: string) => string;
}

export const floor: Subject = {
  name: Names.EMPTY,
  bundle: 'proof/bench/baselines/empty-handler.js',
  match: "['empty', {}]",
  request: 'nk.matchCreate(...match)',
};

/** Nakama indexes the fields of a label. */
export const listed: Subject = {
  ...floor,
  name: Names.LISTED,
  adapt: (text) => text.replace("label: ''", `label: ${JSON.stringify(LABEL)}`),
};

const LABEL = JSON.stringify({
  kind: 'online_match',
  phase: 'waiting',
  players: 0,
  open_seats: 4,
  min_players: 2,
  max_players: 4,
  client_version: null,
  version_key: 'none',
  host: null,
  online_match: 'private',
  has_password: false,
  name_key: 'n',
  properties: {},
  code_key: 'c0123456789abcdef',
  listed: false,
  players_key: 'p0',
  serial: 's2806046650835',
});

export const room: Subject = {
  name: Names.ROOM,
  bundle: 'build/index.js',
  match: "asked(nk, (spy) => createOnlineMatch(ctx, logger, spy, ''))",
  request: "createOnlineMatch(ctx, logger, nk, '')",
};

/** The subject's bundle with two RPCs more, which make as many matches as they are told. */
export function bundleThatCreates({ bundle, match, request, adapt = (text) => text }: Subject): string {
  const text = adapt(readFileSync(path.join(projectDir, bundle), 'utf8'));
  const rpcs = `function createMany(ctx, logger, nk, payload) {
  const match = ${match};
  for (let left = Number(payload); left > 0; left--) nk.matchCreate(...match);
}

function requestMany(ctx, logger, nk, payload) {
  const match = ${match};
  for (let left = Number(payload); left > 0; left--) ${request};
}`;
  const registering = withRpcs(text, { create_many: 'createMany', request_many: 'requestMany' }, rpcs);
  const file = path.join(projectDir, 'build', 'bench', path.basename(bundle));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, registering);
  return file;
}

/** A bundle with RPCs more, whose functions are in `code`; `asked` tells what a match would be made from. */
export function withRpcs(bundle: string, rpcs: Readonly<Record<string, string>>, code: string): string {
  const start = /^function InitModule\([^)]*\) \{$/m;
  if (!start.test(bundle)) throw new Error('the bundle has no InitModule where it is looked for');
  const registrations = Object.entries(rpcs).map(([id, fn]) => `  initializer.registerRpc('${id}', ${fn});`);
  const asked = `function asked(nk, ask) {
  const match = [];
  ask(Object.assign({}, nk, { matchCreate: (...args) => (match.push(...args), 'id.node') }));
  return match;
}`;
  return `${bundle.replace(start, `$&\n${registrations.join('\n')}`)}\n${code}\n\n${asked}\n`;
}
