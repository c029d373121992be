import { Op } from '../../../kit/contract/steps.ts';
import type { LightBot } from '../../../kit/players/light-bot.ts';
import { DEAR, type Dear } from '../../bench/dear-messages.ts';
import type { Attack } from './cost.ts';
import { type Flooder, flood, frameOf, framesOf } from './flood.ts';
import { adoptedRoomsOf, type Ground, namesFor, relayedMatchesOf, roomsOf } from './ground.ts';

const REPORT = 9011;
const BYTES = 16_000;
const RECIPIENTS = 5000;
/** One of them costs Nakama as much as so many plain ones. */
const ADDRESSED_SHARE = 20;

/** What a player sends in a match. */
type Write = (player: LightBot, ground: Ground) => string[];

const plain: Write = (_, { matchId }) => [frameOf(matchId, Op.WEBRTC_PEER_METHOD, 'x'.repeat(BYTES))];
const addressed: Write = (_, { matchId }) => [frameOf(matchId, Op.WEBRTC_PEER_METHOD, '{}', RECIPIENTS)];

const those =
  (isOfThem: (dear: Dear) => boolean): Write =>
  (player, ground) =>
    framesOf(DEAR.filter(isOfThem), ground.matchId, namesFor(player, ground), BYTES);

const dearest = those(({ isAddressed }) => !isAddressed);
const binarySignals = those(
  ({ opCode, dialect }) => opCode === Op.WEBRTC_PEER_METHOD && dialect === 'binary',
);
const hostsWords = those(({ opCode, dialect }) => opCode === Op.JOIN_SUCCESS && dialect === 'JSON');

/** Of the links to all others, each time something else. */
const reports: Write = (player, { matchId, players }) =>
  ['failed', 'connected', 'connecting', 'connected'].flatMap((state) =>
    players
      .filter(({ sessionId }) => sessionId !== player.sessionId)
      .map(({ sessionId: peer }) => frameOf(matchId, REPORT, JSON.stringify({ peer, state }))),
  );

/** Who attacks, from matches of theirs. */
interface Attackers {
  readonly who: string;
  /** All who are in the matches. */
  readonly players: readonly LightBot[];
  /** How many of them send. */
  readonly senders: number;
  /** What they send a second in all; null is as fast as their sockets go. */
  readonly perSecond: number | null;
  /** How many join each addon's host. */
  readonly joiners: number;
}

/** The worst that can be done by sending match data, one kind after the other. */
export async function messageAttacks(attackers: Attackers): Promise<Attack[]> {
  const { who, players, senders, perSecond, joiners } = attackers;
  const relayed = await relayedMatchesOf(players);
  const rooms = await roomsOf(players);
  const ofDialectC = await roomsOf(players, { dialect: 'C' });
  const adopted = await adoptedRoomsOf(players, senders, joiners);
  const few = perSecond && perSecond / ADDRESSED_SHARE;
  const all = ({ players }: Ground) => players;
  const host = ({ players }: Ground) => players.slice(0, 1);
  const by = (grounds: readonly Ground[], write: Write, sendersIn = all, rate = perSecond): Attack['run'] => {
    const pairs = grounds.flatMap((ground) => sendersIn(ground).map((player) => ({ player, ground })));
    const flooders = pairs
      .slice(0, senders)
      .map(({ player, ground }): Flooder => ({ player, frames: write(player, ground) }));
    return (isOver) => flood(flooders, rate, isOver);
  };
  return [
    { name: `${who}: 16 KB in a relayed match`, run: by(relayed, plain) },
    { name: `${who}: the dearest of every kind, 16 KB`, run: by(rooms, dearest) },
    { name: `${who}: reports of links (9011)`, run: by(rooms, reports) },
    { name: `${who}: 9002 as an addon’s host, 16 KB`, run: by(adopted, hostsWords, host) },
    { name: `${who}: binary 9001, 16 KB`, run: by(ofDialectC, binarySignals) },
    {
      name: `${who}: ${RECIPIENTS} recipients, in a relayed match`,
      isNakamas: true,
      run: by(relayed, addressed, all, few),
    },
    {
      name: `${who}: ${RECIPIENTS} recipients, in a room`,
      isNakamas: true,
      run: by(rooms, addressed, all, few),
    },
  ];
}
