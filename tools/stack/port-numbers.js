// @ts-check

/** @typedef {{ readonly api: number, readonly console: number, readonly metrics: number }} Ports */
/** @typedef {Ports & { readonly database: number, readonly page: number }} StackPorts */

/**
 * A stack's ports follow from its API port, so that one number moves the whole stack.
 * @param {number} api
 * @returns {StackPorts}
 */
export function portsAt(api) {
  return { api, console: api + 1, metrics: api + 2, database: api + 3, page: api + 4 };
}

/**
 * Every port one Nakama listens on; its two gRPC ports have no setting of their own.
 * @param {Ports} ports
 */
export function portsOf(ports) {
  return {
    API: ports.api,
    'gRPC API': ports.api - 1,
    console: ports.console,
    'gRPC console': ports.console - 3,
    metrics: ports.metrics,
  };
}

/**
 * That of the TURN server, which has no setting of its own.
 * @param {Ports} ports
 */
export function turnPortOf({ api }) {
  return api + 5;
}

/**
 * The same with the database's, the page's and the TURN server's.
 * @param {StackPorts} ports
 * @param {boolean} hasDatabase whether the stack starts one
 * @param {boolean} hasTurn
 * @returns {[use: string, port: number][]}
 */
export function portsOfStack(ports, hasDatabase, hasTurn = false) {
  const database = hasDatabase ? { PostgreSQL: ports.database } : {};
  const turn = hasTurn ? { TURN: turnPortOf(ports) } : {};
  return Object.entries({ ...portsOf(ports), ...database, page: ports.page, ...turn });
}
