import { OnlineMatch, OnlineMatchError, Tab } from '../../clients/web/src/index.ts';
import { Chat } from './chat.ts';
import { Controls } from './controls.ts';
import { byId, setText } from './dom.ts';
import { Game, HEIGHT, WIDTH } from './game.ts';
import { Lobby, type Wish } from './lobby.ts';
import { Lookout } from './lookout.ts';
import { keepName } from './names.ts';
import { Painter } from './painter.ts';
import { PasswordPrompt } from './password-prompt.ts';
import { Play } from './play.ts';
import { PlayerMenu } from './player-menu.ts';
import { Problem } from './problem.ts';
import { RoomCard } from './room-card.ts';
import { matchIdIn } from './room-link.ts';
import { RoomList } from './room-list.ts';
import { findAddress, relayIn } from './server.ts';
import { statusOf } from './status.ts';
import { wordsFor } from './words.ts';

const CLIENT_VERSION = 'tag-1';
const MEASURE_EVERY_MS = 1_000;
/** A longer frame is a tab that was in the background. */
const MAX_FRAME_SECONDS = 0.1;

const address = findAddress(location);
/** Who this tab is, also after a reload. */
const tab = Tab.open();
const arena = byId('arena', HTMLCanvasElement);
const status = byId('status', HTMLParagraphElement);
const controls = new Controls(arena);
const painter = new Painter(arena);
const problem = new Problem();
const chat = new Chat((text) => play?.say(text));
const lobby = new Lobby((wish) => void enter(wish), cancel);
const prompt = new PasswordPrompt();
const menu = new PlayerMenu(complain);
const card = new RoomCard({
  onStart: () => void start(),
  onLeave: () => void leave(),
  onReady: (ready) => play?.match.setReady(ready),
  onMenu: (peerId) => play && menu.open(play.match, peerId),
  onUpdate: (update) => void play?.match.update(update).catch(complain),
  onChanged: show,
});
const lookout = new Lookout({
  address,
  clientVersion: CLIENT_VERSION,
  list: new RoomList((matchId) => void enter({ kind: 'join', matchId })),
  isWanted: () => hasBegun && play === null && givingUp === null,
  guest: async () => ({ name: lobby.chosenName, deviceId: (await tab).deviceId }),
});

/** Alone in the lobby, a disc to try the controls with. */
const solo = new Game();
let play: Play | null = null;
/** Not so in a match for those alone whom the matchmaker put together. */
let isOpenToOthers = true;
let givingUp: AbortController | null = null;
/** Whether it is known where this page was before it was loaded again. */
let hasBegun = false;

const WAITING: { readonly [kind in Wish['kind']]: string } = {
  quick: 'Looking for a room …',
  create: 'Making a room …',
  join: 'Joining the room …',
  resume: 'Coming back into the room …',
  matchmake: 'Looking for players. This takes up to 10 seconds once somebody else looks too.',
};

async function enter(wish: Wish): Promise<void> {
  if (givingUp !== null) return;
  problem.clear();
  if (wish.kind === 'join' && wish.matchId === '') {
    problem.say('Type a code or paste a link first.');
    return;
  }
  let isGone = false;
  givingUp = new AbortController();
  const { signal } = givingUp;
  lobby.wait(WAITING[wish.kind]);
  // The arena is where it will be, so that nothing moves when the room opens.
  if (wish.kind === 'join' || wish.kind === 'resume') document.body.classList.add('playing');
  const { host, port } = await address;
  try {
    const { deviceId } = await tab;
    const name = lobby.playerName;
    keepName(name);
    const { socket, reconnect } = await lookout.take(name, deviceId);
    if (signal.aborted) socket.disconnect(false);
    signal.throwIfAborted();
    const match = new OnlineMatch(socket, {
      maxPlayers: lobby.maxPlayers,
      clientVersion: CLIENT_VERSION,
      useNetworkRelay: relayIn(location),
      tab: await tab,
      reconnect,
    });
    match.on('error', (error) => onError(error, match));
    match.on('left', (error) => error.code !== 'left' && backToLobby(wordsFor(error, 'the server')));
    match.on('roomLost', () =>
      problem.say('The room is gone. You play on with those whom you are connected to.'),
    );
    play = new Play(match, {
      onSaid: (name, text) => chat.say(name, text),
      onNews: (text) => chat.tell(text),
      onChanged: show,
    });
    chat.clear();
    await enterBy(wish, match, signal);
    onEntered(match, wish);
  } catch (error) {
    isGone = wish.kind === 'resume' && error instanceof OnlineMatchError && error.code === 'seat-gone';
    const words = signal.aborted ? null : wordsFor(error, `${host}:${port}`);
    const isLocked = wish.kind === 'join' && error instanceof OnlineMatchError && ASKS.includes(error.code);
    backToLobby(isLocked ? null : words);
    if (isLocked && words !== null) prompt.ask(words, (password) => void enter({ ...wish, password }));
  } finally {
    givingUp = null;
  }
  // Too late for the old seat; there may be another.
  if (isGone && wish.kind === 'resume') await enter({ kind: 'join', matchId: wish.matchId });
}

/** Codes after which a password is asked for. */
const ASKS: readonly string[] = ['password-required', 'wrong-password'];

async function enterBy(wish: Wish, match: OnlineMatch, signal: AbortSignal): Promise<void> {
  switch (wish.kind) {
    case 'quick':
      await match.joinOrCreate({ signal });
      break;
    case 'create':
      await match.createMatch({ ...wish.room, signal });
      break;
    case 'matchmake':
      await match.startMatchmaking({ signal });
      break;
    case 'join':
      await match.joinMatch(wish.matchId, { password: wish.password, signal });
      break;
    case 'resume':
      await match.resume({ signal });
  }
}

function onEntered({ matchId }: OnlineMatch, { kind }: Wish): void {
  // Refused in the very moment.
  if (matchId === null) return;
  document.body.classList.add('playing');
  lobby.hide();
  isOpenToOthers = kind !== 'matchmake';
  card.show(isOpenToOthers);
  show();
  arena.focus();
}

function onError(error: OnlineMatchError, match: OnlineMatch): void {
  if (match.state !== 'lobby') problem.say(wordsFor(error, 'the server'));
}

function complain(error: unknown): void {
  problem.say(wordsFor(error, 'the server'));
}

function cancel(): void {
  givingUp?.abort();
}

async function start(): Promise<void> {
  const match = play?.match;
  const { phase } = match?.room ?? {};
  const begun =
    phase === 'sealed' ? match?.stopPlaying() : match?.startPlaying({ requireReady: card.waitsForReady });
  await begun?.catch(complain);
  show();
}

async function leave(): Promise<void> {
  const left = play?.match;
  backToLobby(null, false);
  await left?.leave().catch(() => {});
  left?.socket.disconnect(false);
}

/** With a sentence if it was not the player's own wish. */
function backToLobby(sentence: string | null, isOver = true): void {
  play?.stop();
  if (isOver) play?.match.socket.disconnect(false);
  play = null;
  document.body.classList.remove('playing');
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  menu.close();
  lobby.show();
  card.hide();
  void lookout.look();
  show();
  if (sentence !== null) problem.say(sentence);
}

function show(): void {
  setText(status, statusOf(play));
  if (play === null) return;
  card.update(play);
  menu.update(play.match);
  // Where a reload, or somebody who is given the address, finds the room.
  const code = play.match.room?.code ?? '';
  if (
    isOpenToOthers &&
    code !== '' &&
    document.body.classList.contains('playing') &&
    location.hash !== `#${code}`
  )
    history.replaceState(null, '', `#${code}`);
}

function frame(nowMs: number): void {
  const seconds = Math.min((nowMs - lastFrameMs) / 1000, MAX_FRAME_SECONDS);
  lastFrameMs = nowMs;
  const game = play?.game ?? solo;
  game.advance(seconds, controls.direction({ x: game.self.x / WIDTH, y: game.self.y / HEIGHT }));
  play?.report(nowMs);
  play?.match.tick();
  painter.paint(play?.scene() ?? { ...soloScene, discs: solo.discs }, nowMs);
  requestAnimationFrame(frame);
}

const soloScene = { self: 0, holder: null, host: null, links: [], nameOf: () => '', awaySecOf: () => null };
let lastFrameMs = performance.now();
requestAnimationFrame(frame);
setInterval(() => void play?.measure().then(show), MEASURE_EVERY_MS);

function enterByHash(): void {
  const matchId = matchIdIn(location.hash);
  if (matchId === '' || play !== null) return;
  lobby.link = location.href;
  void enter({ kind: 'join', matchId });
}

/** A reload goes on where the page was; a copy of the tab is somebody new. */
async function begin(): Promise<void> {
  const { seat } = await tab;
  hasBegun = true;
  if (seat === null) enterByHash();
  else await enter({ kind: 'resume', matchId: seat.matchId });
  void lookout.look();
}

addEventListener('hashchange', enterByHash);
void begin();
