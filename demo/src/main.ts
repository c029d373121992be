import { OnlineMatch, OnlineMatchError, Tab } from '../../clients/web/src/index.ts';
import { Chat } from './chat.ts';
import { byId, setText } from './dom.ts';
import { enterBy } from './enter-by.ts';
import { unlessGivenUp } from './give-up.ts';
import { Lobby } from './lobby.ts';
import { Lookout } from './lookout.ts';
import { isMatched, noteMatched } from './matched.ts';
import { keepName } from './names.ts';
import { PasswordPrompt } from './password-prompt.ts';
import { Play } from './play.ts';
import { PlayerMenu } from './player-menu.ts';
import { type FieldId, Problem } from './problem.ts';
import { RoomCard } from './room-card.ts';
import { matchIdIn } from './room-link.ts';
import { RoomList } from './room-list.ts';
import { findAddress, relayIn } from './server.ts';
import { Stage } from './stage.ts';
import { statusOf } from './status.ts';
import { Voice } from './voice.ts';
import type { Wish } from './wish.ts';
import { fieldOf, wordsFor } from './words.ts';

const CLIENT_VERSION = 'tag-1';
/** Links and those who are away change also without an event. */
const SHOW_EVERY_MS = 1_000;

const address = findAddress(location);
/** Who this tab is, also after a reload. */
const tab = Tab.open();
const relay = relayIn(location);
const status = byId('status', HTMLParagraphElement);
const stage = new Stage(() => play);
const problem = new Problem();
let play: Play | null = null;
const chat = new Chat((text) => play?.say(text));
const lobby = new Lobby((wish) => void enter(wish), cancel);
const voice = new Voice({ onProblem: (sentence) => problem.say(sentence), onChanged: show });
const prompt = new PasswordPrompt();
const menu = new PlayerMenu(complain);
const card = new RoomCard(relay === 'forced', {
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

let givingUp: AbortController | null = null;
/** Whether it is known where this page was before it was loaded again. */
let hasBegun = false;

async function enter(wish: Wish): Promise<void> {
  if (givingUp !== null) return;
  problem.clear();
  if (wish.kind === 'join' && wish.matchId === '') {
    problem.say('Type a code or paste a link first.', 'link');
    return;
  }
  let isGone = false;
  givingUp = new AbortController();
  const { signal } = givingUp;
  lobby.wait(wish.kind);
  // The arena is where it will be, so that nothing moves when the room opens.
  if (wish.kind === 'join' || wish.kind === 'resume') document.body.classList.add('playing');
  const { host, port } = await address;
  try {
    const { deviceId } = await tab;
    const name = lobby.playerName;
    keepName(name);
    const { socket, reconnect } = await unlessGivenUp(lookout.take(name, deviceId), signal, (late) =>
      late.socket.disconnect(false),
    );
    const match = new OnlineMatch(socket, {
      maxPlayers: lobby.maxPlayers,
      clientVersion: CLIENT_VERSION,
      useNetworkRelay: relay,
      tab: await tab,
      reconnect,
    });
    match.on('error', (error) => onError(error, match));
    match.on('left', (error) => error.code !== 'left' && backToLobby(wordsFor(error, 'the server')));
    match.on('roomLost', () =>
      problem.say('The room is gone. You play on with those whom you are connected to, until you leave.'),
    );
    play = new Play(match, {
      onSaid: (name, text) => chat.say(name, text),
      onNews: (text) => chat.tell(text),
      onChanged: show,
    });
    voice.begin(match);
    chat.clear();
    await enterBy(wish, match, signal);
    onEntered(match, wish);
  } catch (error) {
    isGone = wish.kind === 'resume' && error instanceof OnlineMatchError && error.code === 'seat-gone';
    const words = signal.aborted ? null : wordsFor(error, `${host}:${port}`);
    const isLocked = wish.kind === 'join' && error instanceof OnlineMatchError && ASKS.includes(error.code);
    backToLobby(isLocked ? null : words, fieldOf(error, wish.kind === 'join' && wish.matchId === lobby.link));
    if (isLocked && words !== null)
      prompt.ask(words, error.code === 'wrong-password', (password) => void enter({ ...wish, password }));
  } finally {
    givingUp = null;
  }
  // Too late for the old seat; there may be another.
  if (isGone && wish.kind === 'resume') await enter({ kind: 'join', matchId: wish.matchId });
}

/** Codes after which a password is asked for. */
const ASKS: readonly string[] = ['password-required', 'wrong-password'];

function onEntered({ matchId }: OnlineMatch, { kind }: Wish): void {
  // Refused in the very moment.
  if (matchId === null || play === null) return;
  document.body.classList.add('playing');
  lobby.hide();
  problem.moveTo('arena');
  if (kind === 'matchmake') noteMatched(matchId);
  play.isMatched = isMatched(matchId);
  card.show(!play.isMatched);
  show();
  stage.focus();
}

function onError(error: OnlineMatchError, match: OnlineMatch): void {
  // The links say that themselves, of whom and why.
  if (match.state !== 'lobby' && error.code !== 'no-relay') problem.say(wordsFor(error, 'the server'));
}

function complain(error: unknown): void {
  problem.say(wordsFor(error, 'the server'));
}

function cancel(): void {
  givingUp?.abort();
}

async function start(): Promise<void> {
  if (play === null) return;
  const { match } = play;
  try {
    if (match.room?.phase === 'sealed') return await match.stopPlaying();
    await match.startPlaying({ requireReady: card.waitsForReady });
    play.begin();
  } catch (error) {
    complain(error);
  }
}

async function leave(): Promise<void> {
  const left = play?.match;
  backToLobby(null, null, false);
  await left?.leave().catch(() => {});
  left?.socket.disconnect(false);
}

/** With a sentence if it was not the player's own wish. */
function backToLobby(sentence: string | null, field: FieldId | null = null, isOver = true): void {
  voice.end();
  play?.stop();
  if (isOver) play?.match.socket.disconnect(false);
  play = null;
  document.body.classList.remove('playing');
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  menu.close();
  problem.clear();
  problem.moveTo('lobby');
  lobby.show();
  card.hide();
  void lookout.look();
  show();
  if (sentence !== null) problem.say(sentence, field);
}

function show(): void {
  setText(status, statusOf(play));
  if (play === null) return;
  card.update(play, voice);
  menu.update(play.match);
  // Where a reload, or somebody who is given the address, finds the room.
  const code = play.match.room?.code ?? '';
  if (
    !play.isMatched &&
    code !== '' &&
    document.body.classList.contains('playing') &&
    location.hash !== `#${code}`
  )
    history.replaceState(null, '', `#${code}`);
}

setInterval(show, SHOW_EVERY_MS);

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
