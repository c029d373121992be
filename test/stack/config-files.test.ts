import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/nakama/server/settings.ts';

const root = path.resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** Every flag that this Nakama knows, as its help lists them. */
function knownFlags(): ReadonlySet<string> {
  const { NAKAMA_BIN } = process.env;
  if (!NAKAMA_BIN) throw new Error('this test needs a real Nakama: run it as `npm test -- <path>`');
  const help = execFileSync('sh', ['-c', '"$0" --help 2>&1 || true', NAKAMA_BIN], { encoding: 'utf8' });
  return new Set([...help.matchAll(/^ {2}-(\S+)/gm)].map(([, flag]) => flag as string));
}

/** The dotted path of every value in a YAML document. */
function pathsOf(node: unknown, prefix = ''): string[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return [prefix];
  return Object.entries(node).flatMap(([key, value]) => pathsOf(value, prefix ? `${prefix}.${key}` : key));
}

describe('local.yml', () => {
  const config = parse(read('local.yml'));

  test('has only keys that this Nakama knows, which would ignore others in silence', () => {
    const known = knownFlags();
    expect(known.size).toBeGreaterThan(100);
    expect(pathsOf(config).filter((key) => !known.has(key))).toEqual([]);
  });

  test('has every setting of the module, at its default', () => {
    const defaults = Object.entries(SETTINGS).map(([key, { fallback }]) => `${key}=${fallback}`);
    expect([...config.runtime.env].sort()).toEqual(defaults.sort());
  });

  test('has room for the largest message in a socket frame', () => {
    const largest = Number(SETTINGS.ONLINE_MATCH_MAX_MESSAGE_BYTES.fallback);
    expect((largest * 4) / 3).toBeLessThan(config.socket.max_message_size_bytes);
  });

  test('names the bundle that the build writes', () => {
    const bundle = path.join(config.runtime.path, config.runtime.js_entrypoint);
    expect(read('rollup.config.js')).toContain(`'${bundle}'`);
  });
});

describe('docker-compose.yml', () => {
  type Services = Readonly<Record<'postgres' | 'nakama' | 'coturn', Service>>;
  type Configs = Readonly<Record<'secrets' | 'turnserver', { readonly content: string }>>;
  const { services, configs }: { services: Services; configs: Configs } = parse(read('docker-compose.yml'));
  const secrets = parse(configs.secrets.content);
  const coturn = new Map(
    configs.turnserver.content
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, string] => {
        const [key = '', ...value] = line.split('=');
        return [key, value.join('=')];
      }),
  );

  test('configures Nakama by keys that it knows', () => {
    const known = knownFlags();
    expect(pathsOf(secrets).filter((key) => !known.has(key))).toEqual([]);
    expect(secrets.database.address).toHaveLength(1);
  });

  test('starts Nakama with its own configuration over local.yml, after the migration', () => {
    const [shell, flags, script] = services.nakama.entrypoint ?? [];
    const target = services.nakama.configs?.find(({ source }) => source === 'secrets')?.target;
    expect([shell, flags]).toEqual(['/bin/sh', '-ec']);
    expect(script?.trim().split('\n')).toEqual([
      `/nakama/nakama migrate up --config ${target}`,
      `exec /nakama/nakama --config /nakama/local.yml --config ${target}`,
    ]);
  });

  test('builds its image once', () => {
    const builders = Object.values(services).filter(({ build }) => build !== undefined);
    expect(builders).toEqual([services.nakama]);
    const images = Object.values(services).map(({ image }) => image);
    expect(new Set(images).size).toBe(images.length);
  });

  test('has no secret on a command line', () => {
    for (const { command = [], entrypoint = [], healthcheck } of Object.values(services))
      expect([...command, ...entrypoint, ...(healthcheck?.test ?? [])].join(' ')).not.toContain('${');
  });

  test('takes every secret from .env, and .env.example names them all', () => {
    const used = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name as string);
    const named = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name as string);
    expect([...new Set(used)].sort()).toEqual(named.sort());
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  test('names nobody in .env.example of whom Nakama warns', () => {
    expect(read('.env.example')).not.toMatch(/^NAKAMA_CONSOLE_USERNAME=admin$/m);
  });

  test('gives Nakama settings that the module knows, and coturn the same secret', () => {
    const settings = new Map(
      (secrets.runtime.env as string[]).map((line) => [line.split('=', 1)[0], line.replace(/^[^=]*=/, '')]),
    );
    expect([...settings.keys()].filter((key) => !((key ?? '') in SETTINGS))).toEqual([]);
    expect(coturn.get('static-auth-secret')).toBe(settings.get('ONLINE_MATCH_TURN_SECRET'));
    expect(coturn.has('use-auth-secret')).toBe(true);
    const target = services.coturn.configs?.find(({ source }) => source === 'turnserver')?.target;
    expect(services.coturn.command).toEqual(['-c', target]);
  });

  test('publishes the ports that coturn relays on, which Linux does not give to outgoing connections', () => {
    const range = `${coturn.get('min-port')}-${coturn.get('max-port')}`;
    const port = coturn.get('listening-port');
    expect(services.coturn.ports).toEqual([
      `${port}:${port}/udp`,
      `${port}:${port}/tcp`,
      `${range}:${range}/udp`,
    ]);
    expect(Number(coturn.get('max-port'))).toBeLessThan(32_768);
  });

  test('publishes the ports that local.yml opens', () => {
    const { socket, console: admin, metrics } = parse(read('local.yml'));
    const published = services.nakama.ports?.map((port) => Number(port.split(':').at(-1)));
    expect(published).toEqual([socket.port, admin.port, metrics.prometheus_port]);
    expect(services.nakama.healthcheck?.test.at(-1)).toBe(String(socket.port));
  });

  test('starts Nakama once the database is healthy', () => {
    expect(services.postgres.healthcheck?.test).toContain('pg_isready');
    expect(services.nakama.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });
});

describe('Dockerfile', () => {
  const copies = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)];
  const sources = copies.flatMap(([, files]) => (files as string).split(' '));

  test('copies files that are there and that .dockerignore lets through', () => {
    const letThrough = [...read('.dockerignore').matchAll(/^!(.*)$/gm)].map(([, file]) => file as string);
    expect(sources.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect([...sources].sort()).toEqual(letThrough.sort());
  });

  test('takes the Nakama that nakama/go.mod pins', () => {
    const [, pinned] = /nakama\/v3 v(\S+)/.exec(read('nakama/go.mod')) ?? [];
    expect(read('Dockerfile')).toContain(`FROM heroiclabs/nakama:${pinned}\n`);
  });

  test('puts the bundle where local.yml, read in /nakama, looks for it', () => {
    const { runtime } = parse(read('local.yml'));
    const bundle = `./${path.join(runtime.path, runtime.js_entrypoint)}`;
    expect(read('Dockerfile')).toMatch(/^WORKDIR \/nakama$/m);
    expect(read('Dockerfile').match(/^COPY --from=bundle \S+ (\S+)$/m)?.[1]).toBe(bundle);
  });
});
