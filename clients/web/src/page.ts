/** What a page tells of itself. */
export interface PageEvents {
  /** Nobody looks at it any more, or somebody does again. */
  onBackground(isBackground: boolean): void;
  /** It goes away: by a reload, a link, or for good. */
  onGoing(): void;
  /** It is there again after it went away: the browser had kept it. */
  onRestored(): void;
  /** Its network, or its time, may have stood still and goes on. */
  onAwake(): void;
}

/** The browser's globals, as far as they are there. */
export interface PageGlobals extends Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> {
  readonly document?: (EventTarget & { readonly visibilityState: string }) | undefined;
}

/** Watches the page that this runs in; without one, as in Node, nothing ever comes. Returns how to stop. */
export function watchPage(events: PageEvents, page: PageGlobals = globalThis as PageGlobals): () => void {
  const { document } = page;
  if (document === undefined || page.addEventListener === undefined) return () => {};
  const window = page as EventTarget;
  const onVisibility = () => {
    const isHidden = document.visibilityState === 'hidden';
    events.onBackground(isHidden);
    if (!isHidden) events.onAwake();
  };
  const onPageShow = (event: Event) => {
    if ((event as PageTransitionEvent).persisted) events.onRestored();
  };
  const onGoing = () => events.onGoing();
  const onAwake = () => events.onAwake();
  const listeners: readonly [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', onVisibility],
    [document, 'resume', onAwake],
    [window, 'online', onAwake],
    [window, 'pagehide', onGoing],
    [window, 'pageshow', onPageShow],
  ];
  for (const [target, name, listener] of listeners) target.addEventListener(name, listener);
  if (document.visibilityState === 'hidden') events.onBackground(true);
  return () => {
    for (const [target, name, listener] of listeners) target.removeEventListener(name, listener);
  };
}
