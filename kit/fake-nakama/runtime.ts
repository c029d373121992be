import { Refused } from '../players/socket-player.ts';
import { type NkNode, nkOf } from './nk.ts';
import { Registrations } from './registrations.ts';
import { type Program, programOf, type Vm } from './script.ts';

/** The node that it runs on. */
interface RuntimeNode extends NkNode {
  readClock(): number;
  log(line: string): void;
}

/** So many VMs serve RPCs and hooks, whichever is free. */
const POOL = 3;

type Ctx = Record<string, unknown>;

/** The JavaScript runtime: InitModule in a VM of its own, a pool for RPCs and hooks, one VM per match. */
export class Runtime {
  readonly registrations = new Registrations();
  readonly logger: Record<string, (...args: unknown[]) => void>;
  private readonly program: Program;
  private readonly pool: Vm[];

  constructor(
    private readonly server: RuntimeNode,
    module: string | Program,
    readonly env: Record<string, string>,
  ) {
    this.program = typeof module === 'string' ? programOf(module) : module;
    const log =
      (level: string) =>
      (format: unknown, ...args: unknown[]) =>
        server.log(
          `${level} ${args.reduce((line: string, arg) => line.replace(/%[svdqj]/, String(arg)), String(format))}`,
        );
    this.logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
    const { vm, nk, logger } = this.newVm();
    vm.call(
      'InitModule',
      vm.import(this.ctx()),
      logger,
      nk,
      vm.bind('initializer', this.registrations.initializer),
    );
    for (const name of this.registrations.names()) {
      if (!vm.hasGlobal(name))
        throw new Error(`function "${name}" not registered in the global object scope`);
    }
    this.pool = Array.from({ length: POOL }, () => this.newVm().vm);
  }

  newVm(): { vm: Vm; nk: unknown; logger: unknown } {
    const vm = this.program(() => this.server.readClock());
    return { vm, nk: vm.bind('nk', nkOf(this.server, true)), logger: vm.bind('logger', this.logger) };
  }

  ctx(more: Ctx = {}): Ctx {
    return { node: this.server.node, version: '3.40.0+fake', env: this.env, ...more };
  }

  /** Calls a hook or an RPC in a VM of the pool; what it throws becomes what a client is told. */
  call(name: string, ctx: Ctx, ...args: unknown[]): unknown {
    const vm = this.server.random.pick(this.pool);
    const nk = vm.bind('nk', nkOf(this.server));
    const imported = args.map((arg) => vm.import(arg));
    try {
      return vm.call(name, vm.import(this.ctx(ctx)), vm.bind('logger', this.logger), nk, ...imported);
    } catch (error) {
      throw this.refusalOf(error);
    }
  }

  callRpc(id: string, ctx: Ctx, payload: string): string {
    const name = this.registrations.rpcs.get(id.toLowerCase());
    if (!name) throw new Refused(5, 'RPC function not found');
    const result = this.call(name, { ...ctx, executionMode: 'rpc' }, payload) ?? '';
    if (typeof result !== 'string') throw new Refused(13, 'Runtime function returned invalid data');
    return result;
  }

  /** A thrown { message, code } is meant for the client; anything else is an accident that is logged. */
  private refusalOf(error: unknown): Refused {
    const { message, code = 13, stack } = error as { message?: string; code?: number; stack?: string };
    const isMeant = typeof stack !== 'string' && typeof message === 'string';
    if (isMeant) return new Refused(code, message);
    this.server.log(`error JavaScript runtime function raised an uncaught exception: ${stack ?? error}`);
    return new Refused(13, `${error} at index.js`);
  }
}
