import { OnlineMatch } from '../../clients/web/src/index.ts';
import type { RoomList } from './room-list.ts';
import { type Address, type Connected, connect } from './server.ts';

/** Nakama's own list is a second behind, and a user may ask once a second. */
const LOOK_EVERY_MS = 3_000;

export interface LookoutContext {
  readonly address: Promise<Address>;
  readonly clientVersion: string;
  readonly list: RoomList;
  /** Whether somebody sees the list. */
  isWanted(): boolean;
  guest(): Promise<{ readonly name: string; readonly deviceId: string }>;
}

/** Keeps the list of public rooms fresh, with a connection of its own that whoever enters a room takes over. */
export class Lookout {
  readonly #context: LookoutContext;
  #connected: { readonly name: string; readonly connected: Connected } | null = null;
  #isLooking = false;

  constructor(context: LookoutContext) {
    this.#context = context;
    context.list.onMore = () => void this.look();
    setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /** Who plays under this name: the one who looks already, or a new one. */
  async take(name: string, deviceId: string): Promise<Connected> {
    const kept = this.#connected;
    this.#connected = null;
    if (kept?.name === name) return kept.connected;
    kept?.connected.socket.disconnect(false);
    return connect(await this.#context.address, name, deviceId);
  }

  async look(): Promise<void> {
    const { list, isWanted } = this.#context;
    if (this.#isLooking || !isWanted() || document.hidden) return;
    this.#isLooking = true;
    try {
      const [matches = []] = await this.#firstPage();
      if (isWanted()) list.show(matches);
    } catch {
      this.#connected?.connected.socket.disconnect(false);
      this.#connected = null;
      list.note('The list cannot be had right now.');
    } finally {
      this.#isLooking = false;
    }
  }

  #keep(kept: { readonly name: string; readonly connected: Connected }): void {
    this.#connected = kept;
    kept.connected.socket.ondisconnect = () => {
      if (this.#connected === kept) this.#connected = null;
    };
  }

  async #firstPage() {
    const { address, clientVersion, guest, isWanted, list } = this.#context;
    const { name, deviceId } = await guest();
    if (this.#connected === null) {
      const connected = await connect(await address, name, deviceId);
      // Somebody has entered a room meanwhile, by a connection of their own.
      if (isWanted()) this.#keep({ name, connected });
      else connected.socket.disconnect(false);
    }
    const socket = this.#connected?.connected.socket;
    if (socket === undefined) return [];
    const match = new OnlineMatch(socket, { clientVersion });
    for await (const page of match.findMatches({ pageSize: list.size })) return [page];
    return [];
  }
}
