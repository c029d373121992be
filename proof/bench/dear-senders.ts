import { LightBot } from '../../kit/players/light-bot.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';
import type { Server } from '../../kit/servers/server.ts';
import { encodeBinaryJoinSuccess } from '../../src/protocol/dialects/binary.ts';
import { encodeJoinSuccess } from '../../src/protocol/join-success.ts';
import type { Player } from '../../src/protocol/player.ts';
import type { Dear, Names } from './dear-messages.ts';

/** A client who sends, and in which match. */
export interface Sender {
  readonly name: string;
  readonly player: LightBot;
  readonly matchId: string;
  readonly names: Names;
  /** In a match of Nakama's own, for comparison. */
  readonly isRelayed?: true;
  /** Not in the match at all. */
  readonly isStranger?: true;
  /** Whether a message of this kind is theirs to send there. */
  isEntitled(dear: Dear): boolean;
}

/** As large as a room is by default. */
const SEATS = 16;
const JOIN_SUCCESS = 9002;

type Players = readonly [LightBot, ...LightBot[]];

/** One of every kind of sender that a server with this module tells apart. */
export async function gatherSenders(server: Server): Promise<Sender[]> {
  const host = new RealHost(server);
  const connect = async (count: number) =>
    (await Promise.all(
      Array.from({ length: count }, async () => LightBot.connect(server.port, await host.signIn())),
    )) as unknown as Players;
  const [stranger] = await connect(1);
  const made = await roomByRpc(await connect(SEATS), {});
  const binary = await roomByRpc(await connect(SEATS), { dialect: 'C' });
  const asked = await roomByRpc(await connect(2), { dialect: 'R' });
  const adopted = await adoptedRoom(await connect(SEATS), (players) => encodeJoinSuccess(players, 'dev'));
  const adoptedBinary = await adoptedRoom(await connect(SEATS), (players) =>
    bytesOf(encodeBinaryJoinSuccess(players, 'dev')),
  );
  const silent = await adoptedRoom(await connect(3), null);
  return [
    senderIn('member of a room', made, 1, 'JSON', [9001, 9011]),
    senderIn('member of a room, not announced', made, SEATS - 1, 'JSON', [9001]),
    senderIn('member of a room of dialect C', binary, 1, 'binary', [9001]),
    senderIn('joiner in a room of dialect R', asked, 1, 'JSON', [9001, 9002]),
    senderIn('host of an addon', adopted, 0, 'JSON', [9001, 9002, 9003, 9004]),
    senderIn('joiner of an addon’s host', adopted, 1, 'JSON', [9001]),
    senderIn('host of dialect C', adoptedBinary, 0, 'binary', [9001, 9002, 9003]),
    senderIn('joiner of a host who has said nothing', silent, 1, 'JSON', []),
    { ...senderIn('', made, 1, 'JSON', []), name: 'stranger', player: stranger, isStranger: true },
  ];
}

const bytesOf = (written: string | ArrayBuffer) =>
  typeof written === 'string' ? Buffer.from(written) : Buffer.from(written);

interface Gathered {
  readonly matchId: string;
  readonly players: Players;
}

function senderIn(
  name: string,
  { matchId, players }: Gathered,
  at: number,
  dialect: Dear['dialect'],
  opCodes: readonly number[],
): Sender {
  const idOf = (index: number) => (players.at(index) ?? players[0]).self.session_id;
  const peer = idOf(at === 0 ? 1 : 0);
  const names = { host: idOf(0), peer, waiting: idOf(-1) };
  const isEntitled = (dear: Dear) => dear.dialect === dialect && opCodes.includes(dear.opCode);
  return { name, player: players.at(at) ?? players[0], matchId, names, isEntitled };
}

async function roomByRpc(players: Players, request: object): Promise<Gathered> {
  const terms = { max_players: players.length, ...request };
  const { match_id: matchId } = JSON.parse(await players[0].rpc('create_online_match', terms));
  for (const [index, player] of players.entries()) {
    await player.join(matchId, index < players.length - 1 ? { online_match: '1' } : {});
  }
  return { matchId, players };
}

/** An addon's match, whose host lets in all but the last, or has yet to say a word. */
async function adoptedRoom(
  players: Players,
  encode: ((players: readonly Player[]) => string | Uint8Array) | null,
): Promise<Gathered> {
  const [host, ...others] = players;
  const { match_id: matchId } = await host.createMatch();
  for (const player of others) await player.join(matchId);
  if (encode === null) return { matchId, players };
  const granted = players.slice(0, -1).map(
    ({ self }, index): Player => ({
      sessionId: self.session_id,
      userId: self.user_id,
      username: self.username,
      peerId: index + 1,
      spectator: false,
    }),
  );
  host.sendData(matchId, JOIN_SUCCESS, encode(granted));
  await host.ping();
  return { matchId, players };
}
