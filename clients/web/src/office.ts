import type { HostView } from '../../../src/protocol/snapshot.ts';
import type { Emit } from './events.ts';
import type { Player, Roster } from './roster.ts';

export interface OfficeContext {
  readonly roster: Roster;
  readonly emit: Emit;
  self(): Player | undefined;
  /** Another player is host. */
  onChanged(peerId: number): void;
  /** This player has become host. */
  onGained(): void;
}

/** Who is host, and in which term. Where no snapshots say so, peer 1 is, as addons have it. */
export class Office {
  readonly #context: OfficeContext;
  /** Null before the first snapshot. */
  #view: HostView | null = null;

  constructor(context: OfficeContext) {
    this.#context = context;
  }

  get peerId(): number {
    return this.#view?.peerId ?? 1;
  }

  /** 0 where there are no terms. */
  get term(): number {
    return this.#view?.term ?? 0;
  }

  /** Whether this player holds it. */
  get isOwn(): boolean {
    return this.#context.self()?.peerId === this.peerId;
  }

  /** From a snapshot, whose players are known already. */
  update(view: HostView | null): void {
    const { peerId, term } = this.#view ?? { peerId: null, term: 0 };
    this.#view = view;
    if (view === null || (view.peerId === peerId && view.term === term)) return;
    const { roster, emit, onChanged, onGained } = this.#context;
    const player = roster.get(view.peerId) ?? null;
    emit('hostChanged', { player, term: view.term });
    if (this.isOwn) onGained();
    else onChanged(view.peerId);
  }
}
