import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';

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
  name: 'empty handler',
  bundle: 'proof/bench/baselines/empty-handler.js',
  match: "['empty', {}]",
  request: 'nk.matchCreate(...match)',
};

/** As listed as a room is, and no more: Nakama indexes the fields of a label. */
export const labelled: Subject = {
  ...floor,
  name: 'empty handler, listed as a room is',
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
  version_key: 'v',
  host: null,
});

export const room: Subject = {
  name: 'room',
  bundle: 'build/index.js',
  match: "asked((spy) => createOnlineMatch(ctx, logger, spy, ''))",
  request: "createOnlineMatch(ctx, logger, nk, '')",
};

/** The subject's bundle with two RPCs more, which make as many matches as they are told. */
export function bundleThatCreates({ bundle, match, request, adapt = (text) => text }: Subject): string {
  const text = adapt(readFileSync(path.join(projectDir, bundle), 'utf8'));
  const start = /^function InitModule\([^)]*\) \{$/m;
  if (!start.test(text)) throw new Error(`${bundle} has no InitModule where it is looked for`);
  const registering = text.replace(
    start,
    "$&\n  initializer.registerRpc('create_many', createMany);\n  initializer.registerRpc('request_many', requestMany);",
  );
  const rpcs = `function createMany(ctx, logger, nk, payload) {
  const match = ${match};
  for (let left = Number(payload); left > 0; left--) nk.matchCreate(...match);
}

function requestMany(ctx, logger, nk, payload) {
  const match = ${match};
  for (let left = Number(payload); left > 0; left--) ${request};
}

function asked(ask) {
  const match = [];
  ask({ matchCreate: (...args) => (match.push(...args), 'id.node') });
  return match;
}`;
  const file = path.join(projectDir, 'build', 'bench', path.basename(bundle));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${registering}\n${rpcs}\n`);
  return file;
}
