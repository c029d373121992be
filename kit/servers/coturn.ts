import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type CoturnOptions, configureCoturn } from '../../tools/stack/coturn-config.ts';
import { freePorts } from '../../tools/stack/ports.ts';

export interface Login {
  readonly username: string;
  readonly credential: string;
}

/** A real coturn on this machine, which knows the players by a secret that it shares with Nakama. */
export class Coturn {
  readonly secret = 'a-secret-of-the-tests';
  private process: ChildProcess | null = null;

  private constructor(
    readonly ip: string,
    readonly port: number,
    private readonly dir: string,
    private readonly more: Pick<CoturnOptions, 'tls' | 'allocationSec'>,
  ) {}

  /**
   * On this address alone. `tls`: by TLS as well, with a certificate that it made itself, which browsers must be told to
   * believe. `allocationSec`: whoever is relayed must ask for it anew as often, with a login that holds then.
   */
  static async start(
    ip = '127.0.0.1',
    { tls = false, ...more }: { readonly tls?: boolean; readonly allocationSec?: number } = {},
  ): Promise<Coturn> {
    const { api: port, console: tlsPort } = await freePorts();
    const dir = mkdtempSync(path.join(tmpdir(), 'online-match-coturn-'));
    const shown = tls ? { tls: { port: tlsPort, ...(await makeCertificate(dir)) } } : {};
    const coturn = new Coturn(ip, port, dir, { ...more, ...shown });
    await coturn.run();
    return coturn;
  }

  get url(): string {
    return this.urlBy('udp');
  }

  urlBy(transport: 'udp' | 'tcp' | 'tls'): string {
    if (transport === 'tls') return `turns:${this.ip}:${this.more.tls?.port}?transport=tcp`;
    return `turn:${this.ip}:${this.port}?transport=${transport}`;
  }

  /** Starts it, or starts it again, with nothing of before. */
  async run(): Promise<void> {
    const { dir, ip, port, secret, more } = this;
    const args = configureCoturn({ dir, ip, port, secret, ...more });
    const child = spawn('turnserver', args, { cwd: this.dir, stdio: 'ignore' });
    this.process = child;
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`turnserver ended (${code})`);
    });
    failed.catch(() => {});
    await Promise.race([this.answers(), failed]);
  }

  /** Once it answers STUN's binding request; it has no line in its log for when it listens. */
  private async answers(): Promise<void> {
    const socket = createSocket('udp4');
    const request = Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...randomBytes(12)]);
    const ask = () => socket.send(request, this.port, this.ip);
    const timer = setInterval(ask, 20);
    ask();
    await once(socket, 'message');
    clearInterval(timer);
    socket.close();
  }

  async kill(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** As the server makes it, for a time in seconds since 1970. */
  loginUntil(expires: number, userId = 'somebody'): Login {
    const username = `${Math.floor(expires)}:${userId}`;
    return { username, credential: createHmac('sha1', this.secret).update(username).digest('base64') };
  }

  /** Whether this login gets an allocation, and data through it and back. */
  async relays({ username, credential }: Login): Promise<boolean> {
    const args = ['-u', username, '-w', credential, '-p', String(this.port), '-y', '-n', '1', this.ip];
    const output = await new Promise<string>((resolve) => {
      execFile('turnutils_uclient', args, { timeout: 10_000 }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    return /tot_recv_msgs=[1-9]/.test(output) && !/Cannot complete Allocation/.test(output);
  }
}

async function makeCertificate(dir: string) {
  const [certificate, key] = [path.join(dir, 'certificate.pem'), path.join(dir, 'key.pem')];
  const what = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=turn.test'];
  await promisify(execFile)('openssl', ['req', ...what, '-keyout', key, '-out', certificate]);
  return { certificate, key };
}
