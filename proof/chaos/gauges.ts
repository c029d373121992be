import { CONSOLE_LOGIN, type RealHost } from '../../kit/servers/real-nakama.ts';

/** What Nakama counts of itself. */
export interface Counts {
  readonly sessions: number;
  readonly presences: number;
  readonly matches: number;
}

export interface Memory {
  readonly goroutines: number;
  readonly openFiles: number;
  /** JavaScript VMs for hooks and RPCs; Nakama keeps those it made. */
  readonly runtimes: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** From the registries themselves, by the console; the gauges on Prometheus follow them with a delay. */
export async function countsOf(host: RealHost): Promise<Counts> {
  const { nodes } = await host.console('status');
  const { session_count = 0, presence_count = 0, match_count = 0 } = nodes?.[0] ?? {};
  return { sessions: session_count, presences: presence_count, matches: match_count };
}

/** As Prometheus reads it, right after a garbage collection. */
export async function memoryOf({ server }: RealHost): Promise<Memory> {
  const { username, password } = CONSOLE_LOGIN;
  const profile = `http://127.0.0.1:${server.consolePort}/debug/pprof/heap?gc=1`;
  const authorization = `Basic ${btoa(`${username}:${password}`)}`;
  await (await fetch(profile, { headers: { authorization } })).arrayBuffer();
  const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/`)).text();
  const value = (name: string) =>
    Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    goroutines: value('go_goroutines'),
    openFiles: value('process_open_fds'),
    runtimes: value('nakama_javascript_runtimes'),
    heapBytes: value('go_memstats_heap_alloc_bytes'),
    residentBytes: value('process_resident_memory_bytes'),
  };
}

/** A room's state without numbers and flags, which time alone changes: two that hold as much are equally long. */
export async function shapeOf(host: RealHost, matchId: string) {
  const { state } = await host.consoleStateOf(matchId);
  const { room, traffic } = JSON.parse(state);
  const text = JSON.stringify(room, (_, value) => (['number', 'boolean'].includes(typeof value) ? 0 : value));
  const seats: number[] = room.seats.map(({ id }: { id: number }) => id);
  return {
    members: room.seats.length as number,
    pending: room.pending.queues.flatMap(({ messages }: { messages: unknown[] }) => messages)
      .length as number,
    links: room.links.length as number,
    // A member may have budgets or none: most signals have theirs beside the state.
    usesOfOthers: traffic.uses.filter(({ seat }: { seat: number }) => !seats.includes(seat)).length as number,
    characters: text.length,
  };
}
