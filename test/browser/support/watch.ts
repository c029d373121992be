/** What is counted in a page from its start. These run in the page. */

/** How much of it has moved by itself. */
export function watchShifts(): void {
  const page = window as unknown as { shifted: number };
  page.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
      if (!entry.hadRecentInput) page.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

export interface Connections {
  made: number;
  restarts: number;
}

/** What its WebRTC did. */
export function countConnections(): void {
  const counts: Connections = { made: 0, restarts: 0 };
  Object.assign(window, { connections: counts });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      counts.made++;
    }

    override createOffer(options?: unknown): Promise<never> {
      if ((options as RTCOfferOptions | undefined)?.iceRestart) counts.restarts++;
      return super.createOffer(options as RTCOfferOptions) as Promise<never>;
    }
  };
}
