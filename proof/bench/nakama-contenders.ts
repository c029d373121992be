import { LightBot } from '../../kit/players/light-bot.ts';
import { bytesOf, jsonOf, type MatchData } from '../../kit/players/wire.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';
import { type ServerOptions, startServer } from '../../kit/servers/server.ts';
import { OpCode } from '../../src/protocol/opcodes.ts';
import { decodeSignal, encodeSignal, type Signal } from '../../src/protocol/peer-method.ts';
import { type Contender, type Group, Subject, type SubjectName } from './subjects.ts';

/** A way to bring players together on a Nakama server. */
interface Way {
  readonly name: SubjectName;
  readonly modulePath: string;
  /** A match with these players in it, all ready to signal; resolves to its id. */
  meet(players: readonly [LightBot, ...LightBot[]]): Promise<string>;
  /** Whether a sender names the recipient to Nakama. */
  readonly isAddressed?: boolean;
}

const noModule = 'kit/servers/no-module/index.js';
const thisModule = 'build/index.js';

const relayed: Way = {
  name: Subject.RELAYED,
  modulePath: noModule,
  async meet([creator, ...others]) {
    const { match_id } = await creator.createMatch(`bench of ${creator.account.username}`);
    for (const player of others) await player.join(match_id);
    return match_id;
  },
};

const addressed: Way = { ...relayed, name: Subject.ADDRESSED, isAddressed: true };

const besideModule: Way = { ...relayed, name: Subject.BESIDE, modulePath: thisModule };

const textbook: Way = {
  name: Subject.TEXTBOOK,
  modulePath: 'proof/bench/baselines/textbook.js',
  async meet(players) {
    const { match_id } = JSON.parse(await players[0].rpc('create_textbook_match', {}));
    for (const player of players) await player.join(match_id);
    return match_id;
  },
};

const room: Way = {
  name: Subject.ROOM,
  modulePath: thisModule,
  async meet(players) {
    const request = { max_players: Math.max(2, players.length) };
    const { match_id } = JSON.parse(await players[0].rpc('create_online_match', request));
    const complete = players.map((player) => hasHeardOf(player, players.length));
    for (const player of players) await player.join(match_id);
    await Promise.all(complete);
    return match_id;
  },
};

export const ways = { room, relayed, addressed, besideModule, textbook };

/** Resolves once the room has told this player of so many. */
function hasHeardOf(player: LightBot, count: number): Promise<void> {
  return new Promise((resolve) => {
    player.onData(OpCode.JOIN_SUCCESS, (data) => {
      if (Object.keys(jsonOf(data).players).length === count) resolve();
    });
  });
}

/** A Nakama of its own for one way of meeting. Every group has users of its own, as a user may make only so many rooms. */
export async function startContender(way: Way, options: ServerOptions = {}): Promise<Contender> {
  // As many JavaScript VMs from the start as Nakama has by default.
  const config = { 'runtime.js_min_count': '16', ...options.config };
  const server = await startServer({ ...options, config, modulePath: way.modulePath });
  const host = new RealHost(server);
  return {
    name: way.name,
    pid: server.pid,
    async gather(clients) {
      const players = (await Promise.all(
        Array.from({ length: clients }, async () => LightBot.connect(server.port, await host.signIn())),
      )) as [LightBot, ...LightBot[]];
      return groupOf(players, await way.meet(players), way.isAddressed ?? false);
    },
    stop: () => server.stop(),
  };
}

export function groupOf(players: readonly LightBot[], matchId: string, isAddressed: boolean): Group {
  const numbers = new Map(players.map(({ sessionId }, number) => [sessionId, number]));
  let arrived: Parameters<Group['onArrival']>[0] = () => {};
  players.forEach((player, to) => {
    player.onData(OpCode.WEBRTC_PEER_METHOD, (data) => {
      const signal = signalTo(player, data);
      if (signal) arrived(numbers.get(data.presence?.session_id ?? '') ?? -1, to, signal);
    });
  });
  return {
    send(from, to, signal) {
      const [sender, target] = [players[from], players[to]] as [LightBot, LightBot];
      const text = encodeSignal(target.sessionId, signal);
      sender.sendData(matchId, OpCode.WEBRTC_PEER_METHOD, text, isAddressed ? [target.self] : undefined);
    },
    onArrival(listener) {
      arrived = listener;
    },
    cutOff: () => players.filter(({ closedBecause }) => closedBecause !== null).length,
    close: () => players.forEach((player) => void player.close()),
  };
}

/** Null where it is for somebody else: a relayed match shows everything to everybody. */
function signalTo({ sessionId }: LightBot, data: MatchData): Signal | null {
  const text = bytesOf(data).toString();
  return text.includes(sessionId) ? (decodeSignal(text)?.signal ?? null) : null;
}
