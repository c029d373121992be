import type { Envelope } from '../../kit/players/wire.ts';
import type { Names } from './frame.ts';

/** Rooms of the scene; those that frames make come after them. */
const OF_SCENE = 6;

interface Cast<Session> {
  attackers(): readonly Session[];
  guards(): readonly Session[];
  userIdOf(who: Session): string;
  isIn(who: Session, matchId: string): boolean;
}

/** What is known in a run by the time a frame is sent: what its macros stand for. */
export class Known<Session extends { readonly id: string }> {
  /** Those of the scene first, then as they became known. */
  matchIds: string[] = [];
  private readonly parties: string[] = [];
  private readonly told = new Map<Session, string[]>();
  private readonly cast: Cast<Session>;

  constructor(cast: Cast<Session>) {
    this.cast = cast;
  }

  /** The matches that somebody was told of, the latest last. */
  matchesOf(who: Session): readonly string[] {
    return this.told.get(who) ?? [];
  }

  learn(who: Session, envelope: Envelope): void {
    if (envelope.party) this.parties.push(envelope.party.party_id);
    const matchId = matchIdIn(envelope);
    if (matchId === undefined) return;
    this.told.set(who, [...this.matchesOf(who), matchId]);
    if (!this.matchIds.includes(matchId)) this.matchIds.push(matchId);
  }

  namesFor(who: Session | null): Names {
    return (kind, index) => {
      switch (kind) {
        case 's':
          return this.cast.attackers()[index]?.id ?? null;
        case 'u': {
          const attacker = this.cast.attackers()[index];
          return attacker === undefined ? null : this.cast.userIdOf(attacker);
        }
        case 'g':
          return this.cast.guards()[index]?.id ?? null;
        case 'p':
          return this.parties.at(-1) ?? null;
        case 'm':
          return this.matchAt(index);
        case 'j':
          return this.matchOf(who, index) ?? this.matchAt(index);
      }
    };
  }

  private matchAt(index: number): string | null {
    const at = index < OF_SCENE ? index : this.matchIds.length - 1 - (index - OF_SCENE);
    return this.matchIds[at] ?? null;
  }

  private matchOf(who: Session | null, index: number): string | null {
    const own = who === null ? [] : this.matchesOf(who).filter((matchId) => this.cast.isIn(who, matchId));
    return own[index % Math.max(1, own.length)] ?? null;
  }
}

function matchIdIn({ match, matchmaker_matched, rpc }: Envelope): string | undefined {
  const created = /^\{"match_id":"([^"]+)"/.exec(rpc?.payload ?? '')?.[1];
  return match?.match_id ?? matchmaker_matched?.match_id ?? created;
}
