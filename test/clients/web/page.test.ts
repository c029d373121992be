import { OnlineMatch } from '../../../clients/web/src/index.ts';
import { callbacksDone, IdlePeerConnection, matchNamed, ScriptedSocket } from './scripted-socket.ts';

/** The browser's page, as far as the library looks at it. */
class Page {
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });

  open(): void {
    const { window, document } = this;
    Object.assign(globalThis, {
      document,
      addEventListener: window.addEventListener.bind(window),
      removeEventListener: window.removeEventListener.bind(window),
    });
  }

  close(): void {
    for (const name of ['document', 'addEventListener', 'removeEventListener'])
      Reflect.deleteProperty(globalThis, name);
  }

  show(visibilityState: 'visible' | 'hidden'): void {
    this.document.visibilityState = visibilityState;
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  tell(name: string, fields = {}): void {
    this.window.dispatchEvent(Object.assign(new Event(name), fields));
  }
}

let page: Page;
let sockets: ScriptedSocket[];
let match: OnlineMatch;
const heard: string[] = [];

const latest = () => sockets.at(-1) as ScriptedSocket;
const saidOf = (socket: ScriptedSocket) =>
  socket.said.filter(([opCode]) => opCode === 9012).map(([, text]) => JSON.parse(text as string));

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
  page = new Page();
  page.open();
  sockets = [new ScriptedSocket()];
  heard.length = 0;
  match = new OnlineMatch(latest().socket, {
    RTCPeerConnection: IdlePeerConnection.type,
    iceServers: [],
    reconnect: async () => ({}) as never,
    createSocket: () => {
      sockets.push(new ScriptedSocket());
      return latest().socket;
    },
  });
  for (const name of ['reconnecting', 'reconnected', 'roomLost'] as const)
    match.on(name, () => heard.push(name));
});
afterEach(() => {
  void match.leave();
  page.close();
  jest.useRealTimers();
});

function sit(): void {
  const players = [{ session_id: 'session-b', peer_id: 1, announced: true }];
  latest().tellData('m', 9010, { you: 'session-b', players, host: { peer_id: 1, term: 1 } });
}

async function join(): Promise<void> {
  const joining = match.joinMatch('m');
  (await latest().next('joinMatch')).answer(matchNamed('m'));
  await joining;
  sit();
}

async function comeBack(): Promise<void> {
  const before = sockets.length;
  while (sockets.length === before) {
    jest.advanceTimersByTime(100);
    await callbacksDone();
  }
  (await latest().next('connect')).answer();
  (await latest().next('joinMatch')).answer(matchNamed('m'));
  await callbacksDone();
  sit();
}

test('the server is told when nobody looks, and after a return again', async () => {
  await join();
  page.show('hidden');
  expect(saidOf(latest())).toEqual([{ background: true }]);
  latest().ondisconnect({} as Event);
  await comeBack();
  expect(saidOf(latest())).toEqual([{ background: true }]);
  page.show('visible');
  expect(saidOf(latest())).toEqual([{ background: true }, { background: false }]);
});

test('a match that is joined in the background says so', async () => {
  page.show('hidden');
  await join();
  expect(saidOf(latest())).toContainEqual({ background: true });
});

test('a page that goes says that it may be back, and does not leave', async () => {
  await join();
  page.tell('pagehide', { persisted: false });
  expect(saidOf(latest())).toEqual([{ leaving: true }]);
  expect(latest().asked('leaveMatch')).toEqual([]);
});

test('a page that the browser had kept comes back to its seat, whatever became of its socket', async () => {
  await join();
  page.tell('pagehide', { persisted: true });
  page.tell('pageshow', { persisted: true });
  await comeBack();
  expect(heard).toEqual(['reconnecting', 'reconnected']);
  page.tell('pageshow', { persisted: false });
  expect(heard).toHaveLength(2);
});

test('a page that the browser had kept for too long says that the room is lost', async () => {
  await join();
  page.tell('pagehide', { persisted: true });
  page.tell('pageshow', { persisted: true });
  while (sockets.length === 1) {
    jest.advanceTimersByTime(100);
    await callbacksDone();
  }
  (await latest().next('connect')).answer();
  (await latest().next('joinMatch')).refuse({ code: 5, message: 'seat-gone: It was given up.' });
  await callbacksDone();
  expect(heard).toEqual(['reconnecting', 'roomLost']);
});

test('a network that is back lets the next try be made at once', async () => {
  await join();
  latest().ondisconnect({} as Event);
  for (let tries = 0; tries < 5; tries++) {
    page.tell('online');
    await callbacksDone();
    (await latest().next('connect')).refuse({});
    await callbacksDone();
  }
  expect(sockets).toHaveLength(6);
  await comeBack();
  expect(heard).toEqual(['reconnecting', 'reconnected']);
});

test('after the match nobody watches the page', async () => {
  await join();
  void match.leave();
  page.show('hidden');
  page.tell('pagehide');
  expect(saidOf(latest())).toEqual([]);
});
