import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { cacheDir, projectDir } from './folders.ts';
import { Problem } from './problem.js';
import type { Report } from './report.ts';

const proxyTimeoutMs = 15_000;
const pinDir = path.join(projectDir, 'nakama');
const pin = readFileSync(path.join(pinDir, 'go.mod'), 'utf8');
const neededGo = /^go (\S+)$/m.exec(pin)?.[1] ?? '';
export const nakamaVersion = /github\.com\/heroiclabs\/nakama\/v3 v(\S+)/.exec(pin)?.[1] ?? '';

/** The server's executable: `NAKAMA_BIN`, else built once from the pin under nakama/ and kept in the user's cache. */
export async function nakamaBinary(report: Report): Promise<string> {
  const given = process.env.NAKAMA_BIN;
  if (given) {
    if (!existsSync(given)) throw new Problem(`NAKAMA_BIN is ${given}, and there is no such file.`);
    return path.resolve(given);
  }
  const built = builtBinary();
  if (!existsSync(built)) {
    const what = `Building Nakama ${nakamaVersion} with Go (once; 2 to 5 minutes)`;
    await report.step(what, () => build(built));
  }
  return built;
}

function builtBinary(): string {
  const sums = readFileSync(path.join(pinDir, 'go.sum'));
  const hash = createHash('sha256').update(pin).update(sums).digest('hex').slice(0, 12);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return path.join(
    cacheDir(),
    `nakama-${nakamaVersion}-${process.platform}-${process.arch}-${hash}${suffix}`,
  );
}

async function build(target: string): Promise<void> {
  await checkGo();
  await checkProxy(`github.com/heroiclabs/nakama/v3@v${nakamaVersion}`);
  const partial = `${target}.${process.pid}`;
  const versionFlags = `-s -w -X main.version=${nakamaVersion} -X main.commitID=gomod`;
  const args = ['build', '-buildvcs=false', '-ldflags', versionFlags, '-o', partial];
  try {
    await go([...args, 'github.com/heroiclabs/nakama/v3']);
    renameSync(partial, target);
  } catch (error) {
    throw new Problem(`Building Nakama ${nakamaVersion} failed: ${lastLineOf(error)}.`, goAdvice);
  } finally {
    rmSync(partial, { force: true });
  }
}

const goAdvice = `Install Go ${neededGo} or newer from https://go.dev/dl/, or set NAKAMA_BIN to a Nakama ${nakamaVersion} executable.`;

/** Whether there is one; Go 1.21 and newer fetch the toolchain that go.mod asks for by themselves, later. */
async function checkGo(): Promise<void> {
  try {
    await execa('go', ['version'], { cwd: tmpdir(), env: { GOTOOLCHAIN: 'local' }, stdin: 'ignore' });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      throw new Problem(
        `Nakama ${nakamaVersion} is built with Go, and there is no Go on this machine.`,
        goAdvice,
      );
    }
    throw new Problem(`Go ${neededGo} is needed to build Nakama: ${lastLineOf(error)}.`, goAdvice);
  }
}

/** One small question to the Go module proxy, which Go itself would wait for without a word. */
async function checkProxy(module: string): Promise<void> {
  try {
    await execa('go', ['list', '-m', module], {
      cwd: tmpdir(),
      env: { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' },
      stdin: 'ignore',
      timeout: proxyTimeoutMs,
    });
  } catch (error) {
    const why = (error as { timedOut?: boolean }).timedOut
      ? `no answer within ${proxyTimeoutMs / 1000} s`
      : lastLineOf(error);
    throw new Problem(
      `${module} cannot be fetched from Go's module proxy: ${why}.`,
      `Connect to the network, or set GOPROXY to a proxy that you reach, or NAKAMA_BIN to a Nakama ${nakamaVersion} executable.`,
    );
  }
}

/**
 * Links the typings of the pinned server's runtime, which come with its Go module and with nothing else, as the
 * package `nakama-runtime`.
 */
export async function linkRuntimeTypings(): Promise<void> {
  const link = path.join(projectDir, 'node_modules', 'nakama-runtime');
  const pinned = /nakama-common (v\S+)/.exec(pin)?.[1] ?? '';
  if (existsSync(link) && realpathSync(link).endsWith(`@${pinned}`)) return;
  await checkGo();
  await checkProxy(`github.com/heroiclabs/nakama-common@${pinned}`);
  const { stdout } = await go(['mod', 'download', '-json', 'github.com/heroiclabs/nakama-common']);
  rmSync(link, { force: true });
  symlinkSync((JSON.parse(stdout) as { Dir: string }).Dir, link, 'junction');
}

function go(args: string[]): Promise<{ stdout: string }> {
  return execa('go', args, { cwd: pinDir, stdin: 'ignore' });
}

function lastLineOf(error: unknown): string {
  const { stderr, shortMessage } = error as { stderr?: string; shortMessage?: string };
  return (stderr?.trim() || shortMessage || String(error)).split('\n').at(-1)?.replace(/\.$/, '') ?? '';
}
