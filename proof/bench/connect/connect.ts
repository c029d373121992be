import { randomUUID } from 'node:crypto';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Coturn } from '../../../kit/servers/coturn.ts';
import { chromiumPath } from '../../../tools/chromium.ts';
import { provideCoturn } from '../../../tools/stack/coturn.ts';
import { Report } from '../../../tools/stack/report.ts';
import { type Measure, Notebook } from '../measure.ts';
import { quantile } from '../statistics.ts';
import { inTurns, Subject } from '../subjects.ts';
import type { Bench } from './page/main.ts';
import type { MeetingOptions } from './page/meeting.ts';
import { servePlayers } from './serve-players.ts';
import { type Software, startAll } from './software.ts';

const SIZES = [2, 4, 8];
const WAYS = ['direct', 'by TURN'] as const;
/** Later counts as never. */
const PATIENCE_MS = 20_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

const meetingsOf = (isQuick: boolean) => (isQuick ? 2 : 12);

/** How soon players can talk to each other, in a real browser. */
export const connect: Measure = {
  name: 'connect',
  title: 'From the match to open channels',
  reference: Subject.RELAYED,
  about: ({ quick }) =>
    `Players in tabs of one Chromium, each with a socket to the server, from the moment at which the first of them knows ` +
    `the others until each has open channels to all of them; ${meetingsOf(quick)} groups of each kind, in turns. In a ` +
    'room and in a relayed match this project’s library plays, and the matchmaker has brought them together; PeerJS ' +
    'has neither rooms nor a matchmaker, so there everybody knows everybody’s id. *By TURN*, a coturn on this machine ' +
    `passes all data on. Who is not connected after ${PATIENCE_MS / 1000} s counts as failed.`,
  async run({ quick, say }) {
    const report = new Report();
    await provideCoturn(report);
    const executablePath = await chromiumPath(report);
    const [coturn, players, software] = await Promise.all([Coturn.start(), servePlayers(), startAll()]);
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const notebook = new Notebook();
    try {
      for (const size of SIZES) {
        for (const way of WAYS) {
          say(`${size} players, ${way}`);
          const turn = way === 'direct' ? null : coturn;
          await compare(
            software,
            { size, meetings: meetingsOf(quick) },
            notebook,
            `${size} players, ${way}`,
            (one) => meet(browser, players.url, one, size, turn),
          );
        }
      }
    } finally {
      await browser.close();
      players.stop();
      await Promise.all([coturn.stop(), ...software.map(({ stop }) => stop())]);
    }
    return notebook.figures();
  },
};

async function compare(
  software: readonly Software[],
  { meetings }: { readonly size: number; readonly meetings: number },
  notebook: Notebook,
  section: string,
  meetBy: (software: Software) => Promise<number | null>,
): Promise<void> {
  const took = new Map<Software, (number | null)[]>(software.map((one) => [one, []]));
  for (let round = 0; round < meetings; round++)
    for (const one of inTurns(software, round)) took.get(one)?.push(await meetBy(one));
  for (const [{ name: on }, all] of took) {
    const connected = all.filter((ms) => ms !== null);
    notebook.note({ section, name: 'p50', unit: 'ms', on }, quantile(connected, 0.5));
    notebook.note({ section, name: 'p90', unit: 'ms', on }, quantile(connected, 0.9));
    for (const ms of all) notebook.note({ section, name: 'failed', unit: 'runs', on }, ms === null ? 1 : 0);
  }
}

/** How long one group took, in ms; null where somebody is not connected. */
async function meet(
  browser: Browser,
  url: string,
  software: Software,
  players: number,
  turn: Coturn | null,
): Promise<number | null> {
  const context = await browser.newContext();
  try {
    const pages = await Promise.all(Array.from({ length: players }, () => context.newPage()));
    await Promise.all(pages.map((page) => page.goto(url)));
    const group = `g${randomUUID().slice(0, 8)}`;
    const login = turn?.loginUntil(Date.now() / 1000 + 3600);
    const common = {
      ...{ players, group, server: software.server, isRelayed: turn !== null },
      iceServers: turn === null || login === undefined ? [] : [{ urls: turn.url, ...login }],
    };
    await Promise.all(pages.map((page, place) => prepare(page, software.inPage, { ...common, place })));
    const met = await Promise.all(pages.map((page) => withinPatience(page)));
    const all = met.filter((one) => one !== null);
    if (all.length < players) return null;
    return Math.max(...all.map(({ open }) => open)) - Math.min(...all.map(({ begun }) => begun));
  } finally {
    await context.close();
  }
}

type WithBench = typeof globalThis & { readonly bench: Bench };

function prepare(page: Page, software: Software['inPage'], options: MeetingOptions): Promise<void> {
  return page.evaluate(([inPage, given]) => (globalThis as WithBench).bench.prepare(inPage, given), [
    software,
    options,
  ] as const);
}

function withinPatience(page: Page) {
  return page.evaluate(
    (ms) =>
      Promise.race([
        (globalThis as WithBench).bench.meet().catch(() => null),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), ms)),
      ]),
    PATIENCE_MS,
  );
}
