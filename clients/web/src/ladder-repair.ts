import type { Carrier, Way } from './carrier.ts';
import { lacksRelay } from './ice.ts';
import {
  ANSWER_MS,
  ASK_MS,
  BACK_TRY_MS,
  DIRECT_MS,
  FRESH_MS,
  HOLD_MS,
  INTERRUPTION_MS,
  RESTART_MS,
  TURN_MS,
} from './link-times.ts';
import type { Path } from './path.ts';
import type { LinkStep, Repair, Repairable } from './repair.ts';
import { ServerStep } from './server-step.ts';
import { Widening } from './widening.ts';

/**
 * Between two clients that can go through the server: direct, an ICE restart where both can, through TURN alone, through the
 * server; and back from there as soon as a direct try comes up. The player who makes the offers climbs; the other
 * follows, and takes the server by themselves when they hear nothing for long.
 */
export class LadderRepair implements Repair {
  readonly #link: Repairable;
  readonly #carrier: Carrier;
  /** When the channels came up, or were repaired. */
  #upMs = Number.NEGATIVE_INFINITY;
  /** When something last came by the channels. */
  #heardMs = Number.NEGATIVE_INFINITY;
  readonly #server: ServerStep;
  readonly #widening: Widening;
  /** What waits for logins is of no use when something else has begun. */
  #turn = 0;
  #isGivenUp = false;
  /** Whether the other player has the time to begin something. */
  #isFollowing = false;

  constructor(link: Repairable, carrier: Carrier) {
    this.#link = link;
    this.#carrier = carrier;
    this.#widening = new Widening(link, () => this.#withLogins(() => link.negotiation.widen()));
    this.#server = new ServerStep(link, () => this.#withLogins(() => link.negotiation.reconnect()));
  }

  begin(): void {
    this.#link.negotiation.connect();
  }

  onBegun(): void {
    this.#isGivenUp = false;
    this.#turn++;
    this.#isFollowing = false;
    this.#link.wait(this.#timeToConnect, () => this.#onTimeout());
  }

  onUp(): void {
    const { state } = this.#link;
    this.#link.stopWaiting();
    this.#isFollowing = false;
    this.#heardMs = Date.now();
    if (state !== 'connected' || this.#carrier.way !== 'channels') {
      this.#turn++;
      this.#server.end();
      this.#upMs = this.#heardMs;
      this.#carrier.way = 'channels';
      this.#show('connected', this.#isOnServer ? 'direct' : this.#link.step);
    }
  }

  onInterrupted(): void {
    if (this.#carrier.way === 'channels') this.#link.wait(INTERRUPTION_MS, () => this.onIceFailed());
  }

  /** Of a restart only its time decides: the old addresses may be given up in its midst. */
  onIceFailed(): void {
    if (this.#isOnServer) this.#endBackTry();
    else if (this.#carrier.way === null) this.#climbUnlessRestarting();
    else this.#repairOrFollow();
  }

  onBroken(): void {
    this.onIceFailed();
  }

  onMeasured(via: Path['via']): void {
    this.#widening.onMeasured(via);
    if (via === 'direct' && this.#link.step === 'turn') this.#show('connected', 'direct');
  }

  onAsked(): void {
    if (!this.#isOnServer) this.#show('connecting', 'direct');
  }

  giveUp(): void {
    this.#isGivenUp = true;
    this.#link.stopWaiting();
    this.#server.stopProbing();
    this.#show('connecting', 'direct');
    this.#carrier.way = null;
  }

  /** The side that answers only asks for it when it was away itself. */
  renegotiate({ wasAway }: { readonly wasAway: boolean }): void {
    const { state, negotiation, context } = this.#link;
    if (state === 'connected') {
      this.#carrier.pump();
      return;
    }
    if (context.isOfferer) {
      if (this.#canRestart) this.#restart();
      else this.#connectAnew();
    } else if (wasAway && !negotiation.isOpen) {
      this.#show('connecting', 'direct');
      negotiation.ask();
      this.#link.wait(ANSWER_MS, () => this.#useServer());
    }
  }

  /** A frame of the other player came: by the server, it says that their channels are not up, unless ours are heard. */
  onHeard(way: Way): void {
    if (way === 'channels') {
      this.#heardMs = Date.now();
      return;
    }
    if (this.#isGivenUp) return;
    if (!this.#isOnServer) {
      if (Date.now() - this.#heardMs < FRESH_MS) return;
      this.#useServer();
      if (!this.#isOnServer) return;
    }
    this.#server.stopProbing();
    this.#show('connected', 'server');
  }

  close(): void {
    this.#turn++;
    this.#server.stopProbing();
  }

  get #timeToConnect(): number {
    if (this.#isOnServer) return BACK_TRY_MS;
    if (!this.#link.context.isOfferer) return ANSWER_MS;
    return this.#link.step === 'turn' ? TURN_MS : DIRECT_MS;
  }

  get #canRestart(): boolean {
    const { negotiation, context } = this.#link;
    return negotiation.isOpen && context.can.includes('ice_restart');
  }

  /** Whether there is another TURN server to try than the connection had anyway. */
  get #canTryTurn(): boolean {
    const { relay, iceServers } = this.#link.context.connectionOptions();
    return relay === 'auto' && !lacksRelay('forced', iceServers);
  }

  get #isOnServer(): boolean {
    return this.#link.step === 'server';
  }

  #onTimeout(): void {
    if (this.#isOnServer) this.#endBackTry();
    else if (this.#link.context.isOfferer) this.#climb();
    else this.#useServer();
  }

  /** What was up is down. A restart may bring up what carries nothing, again and again: then the next step is due. */
  #repairOrFollow(): void {
    const { context, step } = this.#link;
    const hasHeld = Date.now() - this.#upMs >= HOLD_MS;
    if (!context.isOfferer) this.#follow();
    else if (!context.canSignal()) this.#show('connecting', 'direct');
    else if (step !== 'direct' && !hasHeld) this.#climb();
    else if (this.#canRestart) this.#restart();
    else this.#connectAnew();
  }

  #climbUnlessRestarting(): void {
    if (!this.#link.context.isOfferer) this.#follow();
    else if (this.#link.step !== 'restart' || !this.#link.negotiation.isOpen) this.#climb();
  }

  #climb(): void {
    const { context, negotiation } = this.#link;
    // Without signals nothing helps: it waits for `renegotiate`.
    if (!context.canSignal()) this.#show('connecting', 'direct');
    else if (this.#link.step === 'turn' || !this.#canTryTurn) this.#useServer();
    else {
      this.#link.stopWaiting();
      this.#show('connecting', 'turn');
      this.#withLogins(() => negotiation.reconnect());
    }
  }

  #restart(): void {
    this.#show('connecting', 'restart');
    this.#link.wait(RESTART_MS, () => this.#climb());
    this.#withLogins(() => this.#link.negotiation.restart());
  }

  #connectAnew(): void {
    this.#link.stopWaiting();
    this.#show('connecting', 'direct');
    this.#withLogins(() => this.#link.negotiation.reconnect());
  }

  /** The other player climbs; they may not have noticed, and are asked then. */
  #follow(): void {
    const { negotiation, context } = this.#link;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#show('connecting', this.#link.step);
    this.#link.wait(ASK_MS, () => {
      if (context.canSignal()) negotiation.ask();
      this.#link.wait(ANSWER_MS, () => this.#useServer());
    });
  }

  #useServer(): void {
    const { context } = this.#link;
    this.#turn++;
    this.#isFollowing = false;
    if (!context.canSignal()) {
      this.#show('connecting', 'direct');
      return;
    }
    this.#show('connecting', 'server');
    this.#server.begin();
  }

  #endBackTry(): void {
    this.#link.negotiation.drop();
    this.#server.planTry();
  }

  /** With fresh ones: an allocation is bound to the login that it was made with. */
  #withLogins(act: () => void): void {
    const turn = ++this.#turn;
    void this.#link.context.refreshIce().then(() => turn === this.#turn && act());
  }

  #show(state: 'connecting' | 'connected' | 'failed', step: LinkStep): void {
    if (state === 'connecting' && step !== 'server') {
      this.#server.stopProbing();
      if (this.#carrier.way !== null) this.#carrier.way = null;
    }
    this.#link.show(state, step);
  }
}
