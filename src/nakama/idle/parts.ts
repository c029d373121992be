/**
 * The bundle evaluates most of this module's code when it is first called, and here forgets what was not called
 * since this was done last (tools/bundle/closure.js). Where all code is there all the time, it does nothing.
 */
export function forgetUnused(): void {}
