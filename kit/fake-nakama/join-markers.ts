import type { Session } from './session.ts';

/** They are looked through this often (server/match_handler.go) … */
const SWEEP_SEC = 30;
/** … and live this long (match.join_marker_deadline_ms). */
const DEADLINE_SEC = 15;

/** The admitted sessions that the tracker has not reported yet: those that never come are reported as gone. */
export class JoinMarkers {
  private readonly deadlines = new Map<Session, number>();

  constructor(private readonly rate: number) {}

  add(session: Session, tick: number): void {
    this.deadlines.set(session, tick + this.rate * DEADLINE_SEC);
  }

  remove(sessions: Session[]): void {
    for (const session of sessions) this.deadlines.delete(session);
  }

  /** Takes out those that are due, when it is time to look. */
  sweep(tick: number): Session[] {
    if (tick % (this.rate * SWEEP_SEC) !== 0) return [];
    const expired = [...this.deadlines]
      .filter(([, deadline]) => deadline <= tick)
      .map(([session]) => session);
    this.remove(expired);
    return expired;
  }
}
