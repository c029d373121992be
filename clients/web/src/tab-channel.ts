/** As much of a BroadcastChannel as a tab needs. */
export interface TabChannel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** What tabs that share a storage say to each other: whether anybody is there, and that somebody is. */
export interface TabMessage {
  readonly what: 'ask' | 'here';
  readonly tabId: string;
  readonly nonce: string;
}

/** Whether a copy of this tab says something. */
export function isSomeoneElse(message: unknown, tabId: string, nonce: string): message is TabMessage {
  const { what, tabId: theirs, nonce: of } = (message ?? {}) as Partial<TabMessage>;
  return (what === 'ask' || what === 'here') && theirs === tabId && typeof of === 'string' && of !== nonce;
}
