import { isSomeoneElse, type TabChannel } from './tab-channel.ts';
import { type SeatNote, TabStorage, type TextStorage } from './tab-storage.ts';

/** What a tab is made of; the browser's own where nothing else is given. */
export interface TabEnvironment {
  readonly storage?: TextStorage | undefined;
  openChannel?(): TabChannel;
  /** How long a living copy of this tab has to answer; 250 ms. */
  readonly answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 250;

/**
 * This tab of a browser, known again after a reload of its page: who its guest is, and in which seat of which match
 * they sit. Kept in `sessionStorage`, which a browser copies when somebody duplicates the tab; the copy finds out
 * that the first one lives, and begins anew as another guest. Without a `sessionStorage` it is known until the page
 * goes.
 */
export class Tab {
  readonly #storage: TabStorage;
  readonly #channel: TabChannel | null;
  readonly #answerWithinMs: number;
  /** Told apart from its copies, which have the same storage. */
  readonly #nonce = randomId();
  #isAsking = false;
  #isElsewhere = false;

  private constructor({ storage, openChannel, answerWithinMs = ANSWER_WITHIN_MS }: TabEnvironment) {
    this.#storage = new TabStorage(storage);
    this.#channel = openChannel?.() ?? null;
    this.#answerWithinMs = answerWithinMs;
    if (this.#channel !== null) this.#channel.onmessage = ({ data }) => this.#onMessage(data);
  }

  /** Looks who this tab is; takes a quarter of a second where it was somebody before. */
  static async open(environment: TabEnvironment = ofBrowser()): Promise<Tab> {
    const tab = new Tab(environment);
    const wasKnown = tab.#storage.read().tabId !== undefined;
    if (wasKnown && (await tab.isElsewhere())) tab.#storage.write({});
    const { tabId = randomId(), deviceId = randomId(), ...rest } = tab.#storage.read();
    tab.#storage.write({ ...rest, tabId, deviceId });
    return tab;
  }

  /** To sign a guest in with, the same after a reload: for `client.authenticateDevice`. */
  get deviceId(): string {
    return this.#storage.read().deviceId as string;
  }

  /** The seat that `resume()` goes back to; null where this tab was in no match. */
  get seat(): SeatNote | null {
    return this.#storage.read().seat ?? null;
  }

  set seat(seat: SeatNote | null) {
    const { seat: _, ...rest } = this.#storage.read();
    this.#storage.write(seat === null ? rest : { ...rest, seat });
  }

  /** Whether another tab lives that was copied from this one, or this one from it, and goes on in its place. */
  async isElsewhere(): Promise<boolean> {
    if (this.#channel === null) return false;
    this.#isAsking = true;
    this.#isElsewhere = false;
    this.#say('ask');
    await new Promise((resolve) => setTimeout(resolve, this.#answerWithinMs));
    this.#isAsking = false;
    return this.#isElsewhere;
  }

  /** It answers its copies no longer. */
  close(): void {
    this.#channel?.close();
  }

  #onMessage(message: unknown): void {
    const tabId = this.#storage.read().tabId;
    if (tabId === undefined || !isSomeoneElse(message, tabId, this.#nonce)) return;
    // Two that ask at once know by their nonces which of them stays; who does not ask is there already.
    const stays = !this.#isAsking || this.#nonce < message.nonce;
    if (message.what === 'here' || !stays) this.#isElsewhere = true;
    else this.#say('here');
  }

  #say(what: 'ask' | 'here'): void {
    const tabId = this.#storage.read().tabId;
    if (tabId !== undefined) this.#channel?.postMessage({ what, tabId, nonce: this.#nonce });
  }
}

/** Of the page that this runs in; outside of pages nothing is kept. */
function ofBrowser(): TabEnvironment {
  if (typeof document === 'undefined') return {};
  return {
    storage: storageOfBrowser(),
    openChannel: () => new BroadcastChannel('online-match') as TabChannel,
  };
}

function storageOfBrowser(): TextStorage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined; // The browser keeps nothing for this page.
  }
}

/** Not `crypto.randomUUID()`, which pages without https lack. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
