import { OnlineMatch, OnlineMatchError, Tab } from '../../clients/web/src/index.ts';
import { Chat } from './chat.ts';
import { Controls } from './controls.ts';
import { byId, setText } from './dom.ts';
import { Game, HEIGHT, WIDTH } from './game.ts';
import { Lobby, type Wish } from './lobby.ts';
import { keepName } from './names.ts';
import { Painter } from './painter.ts';
import { Play } from './play.ts';
import { Problem } from './problem.ts';
import { RoomCard } from './room-card.ts';
import { matchIdIn } from './room-link.ts';
import { connect, findAddress, relayIn } from './server.ts';
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
const card = new RoomCard({ onStart: () => void start(), onLeave: () => void leave() });

/** Alone in the lobby, a disc to try the controls with. */
const solo = new Game();
let play: Play | null = null;
let givingUp: AbortController | null = null;

const WAITING: { readonly [kind in Wish['kind']]: string } = {
  create: 'Making a room …',
  join: 'Joining the room …',
  resume: 'Coming back into the room …',
  matchmake: 'Looking for players. This takes up to 10 seconds once somebody else looks too.',
};

async function enter(wish: Wish): Promise<void> {
  if (givingUp !== null) return;
  problem.clear();
  if (wish.kind === 'join' && wish.matchId === '') {
    problem.say('Paste the link to a room first.');
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
    const { socket, reconnect } = await connect(await address, name, deviceId);
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
    if (wish.kind === 'create') await match.createMatch({ signal });
    else if (wish.kind === 'matchmake') await match.startMatchmaking({ signal });
    else if (wish.kind === 'join') await match.joinMatch(wish.matchId, { signal });
    else await match.resume({ signal });
    onEntered(match, wish);
  } catch (error) {
    isGone = wish.kind === 'resume' && error instanceof OnlineMatchError && error.code === 'seat-gone';
    backToLobby(signal.aborted ? null : wordsFor(error, `${host}:${port}`));
  } finally {
    givingUp = null;
  }
  // Too late for the old seat; there may be another.
  if (isGone && wish.kind === 'resume') await enter({ kind: 'join', matchId: wish.matchId });
}

function onEntered({ matchId }: OnlineMatch, { kind }: Wish): void {
  // Refused in the very moment.
  if (matchId === null) return;
  document.body.classList.add('playing');
  lobby.hide();
  card.show(matchId, kind !== 'matchmake');
  if (kind !== 'matchmake') history.replaceState(null, '', `#${matchId}`);
  show();
  arena.focus();
}

function onError(error: OnlineMatchError, match: OnlineMatch): void {
  if (match.state !== 'lobby') problem.say(wordsFor(error, 'the server'));
}

function cancel(): void {
  givingUp?.abort();
}

async function start(): Promise<void> {
  await play?.match.startPlaying().catch((error) => problem.say(wordsFor(error, 'the server')));
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
  lobby.show();
  card.hide();
  show();
  if (sentence !== null) problem.say(sentence);
}

function show(): void {
  setText(status, statusOf(play));
  if (play !== null) card.update(play);
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
  if (seat === null) enterByHash();
  else await enter({ kind: 'resume', matchId: seat.matchId });
}

addEventListener('hashchange', enterByHash);
void begin();
