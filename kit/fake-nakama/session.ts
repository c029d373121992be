import type { Envelope, Presence } from '../players/wire.ts';
import { parseEnvelope } from './proto.ts';
import type { Actor } from './scheduler.ts';

/** A request in work: between two steps others may run; it may name what it waits for. */
export type Task = Generator<(() => boolean) | undefined, void, undefined>;

export interface User {
  userId: string;
  username: string;
  vars: Record<string, string>;
}

interface Handlers {
  /** One request; false from it closes the socket. */
  process(session: Session, envelope: Envelope): Task;
  closed(session: Session): void;
  maxMessageBytes: number;
}

/** The server's end of a socket: requests one after the other, answers in order. */
export class Session implements Actor {
  readonly inbox: (string | { close: string })[] = [];
  isClosed = false;
  onEnvelope: (envelope: Envelope) => void = () => {};
  onClose: (reason: string) => void = () => {};
  private task: { generator: Task; waitsFor?: (() => boolean) | undefined } | undefined;

  constructor(
    readonly id: string,
    readonly user: User,
    private readonly handlers: Handlers,
  ) {}

  get presence(): Presence {
    return { user_id: this.user.userId, session_id: this.id, username: this.user.username };
  }

  ready(): boolean {
    if (this.task) return this.task.waitsFor?.() ?? true;
    return !this.isClosed && this.inbox.length > 0;
  }

  step(): void {
    if (!this.task) this.read(this.inbox.shift() as string | { close: string });
    if (!this.task) return;
    const { done, value } = this.task.generator.next();
    this.task = done
      ? undefined
      : { generator: this.task.generator, waitsFor: value as (() => boolean) | undefined };
  }

  send(envelope: Envelope): void {
    if (!this.isClosed) this.onEnvelope(parseEnvelope(envelope) as Envelope);
  }

  close(reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.handlers.closed(this);
    this.onClose(reason);
  }

  private read(frame: string | { close: string }): void {
    if (typeof frame !== 'string') this.close(frame.close);
    else if (Buffer.byteLength(frame) > this.handlers.maxMessageBytes) this.close('read limit exceeded');
    else this.begin(frame);
  }

  private begin(frame: string): void {
    try {
      const envelope = parseEnvelope(JSON.parse(frame)) as Envelope;
      this.task = { generator: this.handlers.process(this, envelope) };
    } catch {
      this.close('received malformed payload');
    }
  }
}
