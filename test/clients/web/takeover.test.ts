import { OnlineMatch, Tab } from '../../../clients/web/src/index.ts';
import { Memory } from './memory.ts';
import { callbacksDone, IdlePeerConnection, matchNamed, ScriptedSocket } from './scripted-socket.ts';

const MINUTE_MS = 60_000;

/** As much of a server as one seat needs: whoever asks last sits, and who sat is told. */
class OneSeat {
  readonly sockets: ScriptedSocket[] = [];
  /** Which socket asked, in order. */
  readonly joins: ScriptedSocket[] = [];

  connect(): ScriptedSocket {
    const socket = new ScriptedSocket();
    this.sockets.push(socket);
    void this.answerConnect(socket);
    void this.answerJoins(socket);
    return socket;
  }

  get sitting(): ScriptedSocket | undefined {
    return this.joins.at(-1);
  }

  private async answerConnect(socket: ScriptedSocket): Promise<void> {
    (await socket.next('connect')).answer();
  }

  private async answerJoins(socket: ScriptedSocket): Promise<void> {
    for (;;) {
      const join = await socket.next('joinMatch');
      const before = this.sitting;
      this.joins.push(socket);
      if (before !== undefined && before !== socket)
        before.tellData('m', 9003, {
          target: this.idOf(before),
          code: 0,
          reason: 'Elsewhere.',
          refusal: 'resumed-elsewhere',
        });
      join.answer({ ...matchNamed('m'), self: { session_id: this.idOf(socket) } });
      await callbacksDone();
      const players = [{ session_id: this.idOf(socket), peer_id: 2, announced: true }];
      const view = { players, host: { peer_id: 2, term: 1 }, min_players: 1, connected: true };
      socket.tellData('m', 9010, { you: this.idOf(socket), ...view });
    }
  }

  private idOf(socket: ScriptedSocket): string {
    return `session-${this.sockets.indexOf(socket)}`;
  }
}

/** A page with the storage of another, which no channel tells of the other. */
class Page {
  readonly story: string[] = [];
  readonly socket: ScriptedSocket;
  readonly match: OnlineMatch;

  private constructor(server: OneSeat, tab: Tab) {
    this.socket = server.connect();
    this.match = new OnlineMatch(this.socket.socket, {
      RTCPeerConnection: IdlePeerConnection.type,
      iceServers: [],
      clientVersion: '1.2',
      tab,
      reconnect: async () => ({}) as never,
      createSocket: () => server.connect().socket,
    });
    for (const name of ['reconnecting', 'reconnected', 'roomLost'] as const)
      this.match.on(name, () => this.story.push(name));
    this.match.on('left', ({ code }) => this.story.push(`left ${code}`));
  }

  static async open(server: OneSeat, storage: Memory): Promise<Page> {
    return new Page(server, await Tab.open({ storage }));
  }

  lose(): void {
    (this.match.socket as unknown as ScriptedSocket).ondisconnect({} as Event);
  }
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    jest.advanceTimersByTime(500);
    await callbacksDone();
  }
}

/** One sits, and a copy of what its tab kept is about to ask for the same seat. */
async function twoPages(): Promise<{ server: OneSeat; first: Page; copy: Page }> {
  const server = new OneSeat();
  const storage = new Memory();
  const first = await Page.open(server, storage);
  await first.match.joinMatch('m');
  await callbacksDone();
  const copy = await Page.open(server, storage.copy());
  return { server, first, copy };
}

test('of two pages with one storage the second takes the seat, and for a minute nobody asks for it again', async () => {
  const { server, first, copy } = await twoPages();
  expect(await copy.match.resume()).toBe('m');
  await pass(MINUTE_MS);
  expect(first.story).toEqual(['left resumed-elsewhere']);
  expect(copy.story).toEqual([]);
  expect(server.joins).toEqual([first.socket, copy.socket]);
  // Nor after a reload of the page that has lost it.
  expect(await first.match.resume()).toBeNull();
  expect(server.joins).toHaveLength(2);
});

test('nor where the network of the one that lost it is gone just then', async () => {
  const { server, first, copy } = await twoPages();
  await copy.match.resume();
  first.lose();
  await pass(MINUTE_MS);
  expect(first.story).toEqual(['left resumed-elsewhere']);
  expect(server.sitting).toBe(copy.socket);
  expect(server.joins).toHaveLength(2);
});

test('where both lose their sockets and come back, one takes over, and the other stays out', async () => {
  const { server, first, copy } = await twoPages();
  // Before it could be told.
  first.socket.onmatchdata = () => {};
  await copy.match.resume();
  await callbacksDone();
  for (const page of [first, copy]) page.lose();
  await pass(MINUTE_MS);
  const [winner, loser] = server.sitting?.socket === first.match.socket ? [first, copy] : [copy, first];
  expect(server.sitting?.socket).toBe(winner.match.socket);
  expect(loser.story.at(-1)).toBe('left resumed-elsewhere');
  expect(winner.story.at(-1)).toBe('reconnected');
  // Each of them once by itself, besides the two that began it.
  expect(server.joins).toHaveLength(4);
});
