import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { projectDir } from '../../tools/stack/folders.ts';
import { type Measure, type MeasureOptions, Notebook } from './measure.ts';
import { cpuMicrosOf } from './process.ts';
import { withRpcs } from './room-subjects.ts';
import { quantile } from './statistics.ts';

const ROOMS = 2000;
const PER_CALL = 50;
const full = { rounds: 3, calls: 400 };
const quick = { rounds: 1, calls: 100 };

/** Longer than Nakama takes to index labels. */
const INDEXED_MS = 2500;

export const IN_SERVER = 'p99 in the server';
export const PAGE_OF_20 = 'a page of 20';
const NATIVE = 'Nakama’s own listing of 20';

/** What is asked for, and answered anew each time. */
const QUESTIONS: readonly (readonly [name: string, question: object])[] = [
  [PAGE_OF_20, { limit: 20 }],
  ['a page of 100', { limit: 100 }],
  ['a later page of 20', { limit: 20, cursor: '700000000000000' }],
  [
    'by version, property and seats',
    { limit: 20, client_version: '1.0', properties: { mode: 'mode3', level: { min: 2 } }, open_seats: 2 },
  ],
  ['nothing found', { limit: 20, name: 'nobody has this name' }],
];
const REMEMBERED = 'a page of 20, asked for again within a second';

/** Rooms as many players would have left them: with 0 to 15 of 16 seats taken, of 8 modes and 10 levels. */
const rpcs = `function listAnew(ctx, logger, nk, payload) {
  for (let place = 0; place < 64; place++) nk.localcacheDelete('online_match/listing/' + place);
  const begun = Date.now();
  const page = listOnlineMatches(ctx, logger, nk, payload);
  return page.replace(/}$/, ',"in_server_ms":' + (Date.now() - begun) + '}');
}

function createListed(ctx, logger, nk, payload) {
  for (let left = Number(payload); left > 0; left--) {
    const request = { max_players: 16, visibility: 'public', client_version: '1.' + (left % 2),
      properties: { mode: 'mode' + (left % 8), level: left % 10 } };
    const [handler, params] = asked(nk, (spy) => createOnlineMatch(ctx, logger, spy, JSON.stringify(request)));
    const made = JSON.parse(params.new_match);
    const label = JSON.parse(made.label);
    label.players = Math.floor(Math.random() * 16);
    label.open_seats = 16 - label.players;
    label.players_key = 'p' + label.players;
    nk.matchCreate(handler, { new_match: JSON.stringify({ ...made, label: JSON.stringify(label) }) });
  }
}`;

export const listing: Measure = {
  name: 'listing',
  title: 'A listing',
  about: (options) =>
    `One page of list_online_matches over HTTP, among ${ROOMS.toLocaleString('en')} public rooms: the time until the ` +
    `answer is there, of ${sizeFor(options).calls} one after the other, of it in whole milliseconds what the RPC itself ` +
    "takes in the server, and what the server's process takes of the CPU for one.",
  reference: NATIVE,
  run: async (options) => {
    const { rounds, calls } = sizeFor(options);
    const notebook = new Notebook();
    const server = await startServer({ modulePath: bundle(), env: { ONLINE_MATCH_UNJOINED_SEC: '3600' } });
    try {
      for (let left = ROOMS; left > 0; left -= PER_CALL) await rpc(server, 'create_listed', String(PER_CALL));
      await sleep(INDEXED_MS);
      const { token } = await signIn(server);
      for (let round = 1; round <= rounds; round++) {
        options.say(`a listing: round ${round} of ${rounds}`);
        await measure(server, notebook, NATIVE, calls, () => native(server, token));
        for (const [name, question] of QUESTIONS) {
          const inServer: number[] = [];
          await measure(server, notebook, name, calls, async () => {
            inServer.push(await listAnew(server, question));
          });
          notebook.note({ name: IN_SERVER, unit: 'ms', on: name }, quantile(inServer, 0.99));
        }
        await measure(server, notebook, REMEMBERED, calls, () =>
          rpc(server, 'list_online_matches', { limit: 20 }),
        );
      }
    } finally {
      await server.stop();
    }
    return notebook.figures();
  },
};

function sizeFor({ quick: isQuick }: MeasureOptions) {
  return isQuick ? quick : full;
}

async function measure(
  server: Server,
  notebook: Notebook,
  on: string,
  calls: number,
  ask: () => Promise<unknown>,
) {
  const took: number[] = [];
  const cpu = await cpuMicrosOf(server.pid, async () => {
    for (let call = 0; call < calls; call++) {
      const begun = performance.now();
      await ask();
      took.push(performance.now() - begun);
    }
  });
  notebook.note({ name: 'p50', unit: 'ms', on }, quantile(took, 0.5));
  notebook.note({ name: 'p99', unit: 'ms', on }, quantile(took, 0.99));
  notebook.note({ name: 'CPU of one', unit: 'µs', on }, cpu / calls);
}

/** The module's bundle, and what makes rooms to list. */
function bundle(): string {
  const text = readFileSync(path.join(projectDir, 'build/index.js'), 'utf8');
  const file = path.join(projectDir, 'build', 'bench', 'listing.js');
  writeFileSync(file, withRpcs(text, { create_listed: 'createListed', list_anew: 'listAnew' }, rpcs));
  return file;
}

async function rpc(server: Server, id: string, payload: unknown): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v2/rpc/${id}?http_key=${server.httpKey}`, {
    method: 'POST',
    body: JSON.stringify(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  });
  return answerOf(answer);
}

async function listAnew(server: Server, question: object): Promise<number> {
  const { payload } = (await rpc(server, 'list_anew', question)) as { payload: string };
  return JSON.parse(payload).in_server_ms;
}

async function native(server: Server, token: string): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v2/match?limit=20&authoritative=true`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answerOf(answer);
}

async function signIn(server: Server): Promise<{ token: string }> {
  const answer = await fetch(
    `http://127.0.0.1:${server.port}/v2/account/authenticate/device?create=true&username=lister`,
    {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${server.serverKey}:`)}` },
      body: JSON.stringify({ id: 'device-of-a-lister' }),
    },
  );
  return (await answerOf(answer)) as { token: string };
}

async function answerOf(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
