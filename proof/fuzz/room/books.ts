import type { Session } from '../../../kit/fake-nakama/session.ts';
import type { Envelope, MatchData } from '../../../kit/players/wire.ts';
import { RoomLedger, type Watched } from '../../../kit/room/room-ledger.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import { isLikeRelayed } from '../../../src/room/language.ts';
import type { Room } from '../../../src/room/room.ts';
import { seatOf } from '../../../src/room/seats/seats.ts';
import { overreachOf } from './authority.ts';
import { demandBounds, demandSize } from './bounds.ts';
import { isReadable } from './readable.ts';
import { astray, type Sent } from './short-way.ts';

/** Every how many changes of a room its state is measured. */
const MEASURED_EVERY = 20;

/**
 * What was sent by whom, and what came to whom: nothing may come to somebody who is not in the match, from
 * somebody who did not send it, for another, or of a kind that breaks the receiver.
 */
export class Books {
  bytesOut = 0;
  /** How often a hook sent by itself. */
  passedOn = 0;
  private readonly complain: (what: string) => void;
  private readonly stateOf: (matchId: string) => State | null;
  private readonly ledgers = new Map<
    string,
    { ledger: RoomLedger; watched: { -readonly [key in keyof Watched]: Watched[key] } }
  >();
  /** Data by the session that sent it, or that received it. */
  private readonly sentBy = new Map<string, Set<string>>();
  private readonly receivedBy = new Map<string, Set<string>>();
  /** `session match` and `user match`, of those who have the reply to a join or a creation. */
  private readonly admitted = new Set<string>();
  /** What a match or a hook has sent since its call began. */
  private delivered: Sent[] | null = null;
  private changes = 0;

  constructor(complain: (what: string) => void, stateOf: (matchId: string) => State | null) {
    this.complain = complain;
    this.stateOf = stateOf;
  }

  sent(who: Session, envelope: object): void {
    const { match_data_send: sent } = envelope as { match_data_send?: { data?: string } };
    if (sent) setOf(this.sentBy, who.id).add(sent.data ?? '');
  }

  hasReceived(who: Session, data: string): boolean {
    return setOf(this.receivedBy, who.id).has(data);
  }

  heard(session: Session, envelope: Envelope): void {
    this.bytesOut += 150 + (envelope.match_data?.data?.length ?? 0);
    if (envelope.match) {
      for (const who of [session.id, session.user.userId])
        this.admitted.add(`${who} ${envelope.match.match_id}`);
    }
    if (envelope.match_data) setOf(this.receivedBy, session.id).add(envelope.match_data.data ?? '');
    if (this.delivered !== null) this.delivered.push({ session, envelope });
    else if (envelope.match_data && !envelope.match_data.match_id.endsWith('.'))
      this.complain(`${session.user.username} is sent data outside of any call`);
  }

  /** A call into the module begins; what is given is to be called with what it returned. */
  opened(name: string, args: readonly unknown[]): ((result: unknown) => void) | null {
    if (name === 'beforeMatchDataSend') return this.openedHook(args[2] as nkruntime.Nakama);
    if (!name.startsWith('match') || name === 'matchInit' || name === 'matchmakerMatched') return null;
    const { matchId } = args[0] as { matchId: string };
    const before = (args[5] as State).room;
    if (name === 'matchSignal') this.checkSignal(matchId, args[6] as string);
    const outer = this.delivered;
    this.delivered = [];
    return (result) => {
      const delivered = this.delivered ?? [];
      this.delivered = outer;
      const after = (result as { state?: State } | null)?.state ?? null;
      for (const { session, envelope } of delivered)
        this.checkDelivery(matchId, session, envelope, [before, after?.room ?? before]);
      if (after === null || after.room === before) return;
      this.checkRoom(matchId, after);
      if (name === 'matchSignal') this.checkAuthority(before, after.room, args[6] as string);
    };
  }

  /** What a match sends meanwhile is that match's. */
  private openedHook(nk: nkruntime.Nakama): () => void {
    const outer = this.delivered;
    this.delivered = [];
    return () => {
      // While it waits, others may be told who joined or left.
      const delivered = (this.delivered ?? []).filter(({ envelope }) => envelope.match_data !== undefined);
      this.delivered = outer;
      const matchId = delivered[0]?.envelope.match_data?.match_id;
      if (matchId === undefined) return;
      this.passedOn += delivered.length;
      const state = this.stateOf(matchId);
      if (state === null) return this.complain('the short way leads to a match that is over');
      for (const { session, envelope } of delivered)
        this.checkDelivery(matchId, session, envelope, [state.room]);
      const wrong = astray(nk, state, delivered);
      if (wrong !== null) this.complain(wrong);
    };
  }

  /** Its players' messages wait in the queue that this one came through. */
  private checkSignal(matchId: string, signal: string): void {
    const [from] = signal.startsWith('{')
      ? [/^\{"type":"commanded".*"userId":"([^"]+)"/.exec(signal)?.[1]]
      : signal.split(' ');
    if (from !== undefined && !this.admitted.has(`${from} ${matchId}`))
      this.complain('a stranger reached the signal queue of a room');
  }

  private checkAuthority(before: Room, after: Room, signal: string): void {
    const [from = ''] = signal.split(' ');
    const overreach = signal.startsWith('{') ? null : overreachOf(before, after, from);
    if (overreach !== null) this.complain(overreach);
  }

  private checkDelivery(matchId: string, to: Session, envelope: Envelope, rooms: readonly Room[]): void {
    const { match_data: data, match_presence_event: event } = envelope;
    const who = to.user.username;
    const isMember = rooms.some((room) => seatOf(room, to.id) !== null);
    if ((data ?? event)?.match_id !== matchId) this.complain(`${who} is sent ${JSON.stringify(envelope)}`);
    else if (!this.admitted.has(`${to.id} ${matchId}`))
      this.complain(`${who} is sent data, but has no reply yet`);
    else if (!isMember && data?.op_code !== '9003') this.complain(`${who} is no member, and is sent data`);
    else if (data?.presence) this.checkRelayed(to, data, data.presence.session_id, rooms);
  }

  private checkRelayed(
    to: Session,
    { op_code, data = '' }: MatchData,
    from: string,
    rooms: readonly Room[],
  ): void {
    const who = to.user.username;
    const isFromMember = rooms.some((room) => seatOf(room, from) !== null);
    if (!isFromMember) this.complain(`${who} is sent data of somebody who is no member`);
    else if (!setOf(this.sentBy, from).has(data)) this.complain(`${who} is sent what its sender never sent`);
    const isPlain = rooms.some(isLikeRelayed);
    if (op_code !== '9001' || isPlain) return;
    const bytes = Buffer.from(data, 'base64');
    const ids = [to.id, ...rooms.flatMap((room) => seatOf(room, to.id)?.formerIds ?? [])];
    if (!ids.some((id) => bytes.includes(id))) this.complain(`${who} is sent what is for another`);
    else if (!isReadable(bytes)) this.complain(`${who} is sent what the addon cannot read: ${bytes}`);
  }

  private checkRoom(matchId: string, { room, traffic }: State): void {
    const known = this.ledgers.get(matchId);
    if (known === undefined) {
      const watched = { room, out: [] };
      this.ledgers.set(matchId, { ledger: new RoomLedger(watched, false), watched });
      return;
    }
    try {
      known.watched.room = room;
      known.ledger.check();
      demandBounds(room, traffic);
      if (++this.changes % MEASURED_EVERY === 0) demandSize(room, traffic);
    } catch (error) {
      this.complain((error as Error).message);
    }
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key);
  if (known !== undefined) return known;
  const fresh = new Set<string>();
  sets.set(key, fresh);
  return fresh;
}
