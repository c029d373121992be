/** As much of `sessionStorage` as a tab needs. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Where a player sits, as it is kept for the time after a reload. */
export interface SeatNote {
  readonly matchId: string;
  readonly peerId: number;
  readonly clientVersion: string;
  /** Whether the game had begun. */
  readonly isPlaying: boolean;
}

export interface TabNotes {
  readonly tabId?: string;
  readonly deviceId?: string;
  readonly seat?: SeatNote;
}

const KEY = 'online-match';

/** The notes of one tab. A storage that is full or forbidden keeps nothing, and the notes go with the page. */
export class TabStorage {
  readonly #storage: TextStorage | undefined;
  #notes: TabNotes;

  constructor(storage: TextStorage | undefined) {
    this.#storage = storage;
    this.#notes = notesIn(storage);
  }

  read(): TabNotes {
    return this.#notes;
  }

  write(notes: TabNotes): void {
    this.#notes = notes;
    try {
      this.#storage?.setItem(KEY, JSON.stringify(notes));
    } catch {}
  }
}

function notesIn(storage: TextStorage | undefined): TabNotes {
  try {
    const { tabId, deviceId, seat } = JSON.parse(storage?.getItem(KEY) ?? '{}') as TabNotes;
    return {
      ...(isText(tabId) && { tabId }),
      ...(isText(deviceId) && { deviceId }),
      ...(isSeatNote(seat) && { seat }),
    };
  } catch {
    return {};
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isSeatNote(value: unknown): value is SeatNote {
  const { matchId, peerId, clientVersion } = (value ?? {}) as Partial<SeatNote>;
  return isText(matchId) && Number.isInteger(peerId) && typeof clientVersion === 'string';
}
