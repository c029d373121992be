import type { Bot } from '../players/bot.ts';
import { Inbox, realTimer } from '../players/inbox.ts';
import type { Host } from '../servers/host.ts';
import { Bridge, type BridgeSignals } from './bridge.ts';
import { polled, type Transport, transportOf } from './nakama-socket.ts';

/**
 * A player whose game uses the bridge. It looks at its socket once a frame: a host that answered a join at
 * once could be faster than Nakama's reply to it, and such a joiner never gets a peer id.
 */
export class BridgePlayer {
  readonly bridge: Bridge;
  private readonly signals: Inbox<BridgeSignals>;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly bot: Bot) {
    this.signals = new Inbox(() => `the bridge of ${bot.account.username} (${this.faults})`, realTimer);
    this.bridge = new Bridge(this.inTurn(polled(transportOf(bot))), (signal, value) =>
      this.signals.record(signal, value),
    );
  }

  static async connect(host: Host): Promise<BridgePlayer> {
    return new BridgePlayer(await host.connect(await host.signIn()));
  }

  /** It enters the match that it is matched into only after that. */
  waitFor(turn: Promise<unknown>): void {
    this.turn = turn;
  }

  get faults(): string[] {
    return this.bridge.script.errors;
  }

  next<S extends keyof BridgeSignals>(
    signal: S,
    where?: (value: BridgeSignals[S]) => boolean,
  ): Promise<BridgeSignals[S]> {
    return this.signals.next(signal, where);
  }

  all<S extends keyof BridgeSignals>(signal: S): BridgeSignals[S][] {
    return this.signals.all(signal);
  }

  private inTurn(transport: Transport): Transport {
    return {
      ...transport,
      onEnvelope: (listener) =>
        transport.onEnvelope((envelope) => {
          if (envelope.matchmaker_matched) void this.turn.then(() => listener(envelope));
          else listener(envelope);
        }),
    };
  }
}
