import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../stack/report.ts';
import { given, godotTools, provide, run } from './provide.ts';

const library = 'libgodot_webrtc.so';
/** Bindings to libdatachannel are made with it; the wheel has it where no package of the system does. */
const libclang = 'libclang==18.1.1';

/** The .gdextension of a WebRTC for native Godots: `GODOT_RTC`, else built once and kept in the user's cache. */
export async function webrtcExtension(report: Report): Promise<string> {
  const own = given('GODOT_RTC');
  if (own !== null) return own;
  const folder = await provide(
    {
      name: 'godot-webrtc',
      title: 'Building WebRTC for Godot with Cargo (once; 2 to 4 minutes)',
      sources: ['webrtc'],
      make: build,
      advice:
        'It needs cargo, cmake, g++, python3 with pip, and the headers of OpenSSL (libssl-dev); or set GODOT_RTC ' +
        'to the .gdextension file of webrtc-native.',
    },
    report,
  );
  return path.join(folder, 'webrtc.gdextension');
}

async function build(into: string): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'godot-webrtc-'));
  try {
    // A copy, so that Cargo leaves no lock file in the checkout.
    const sources = path.join(work, 'sources');
    cpSync(path.join(godotTools, 'webrtc'), sources, { recursive: true });
    const clang = path.join(work, 'clang');
    await run('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', clang, libclang]);
    const { stdout: headers } = await run('gcc', ['-print-file-name=include']);
    const target = path.join(work, 'target');
    await run('cargo', ['build', '--quiet', '--manifest-path', path.join(sources, 'Cargo.toml')], {
      CARGO_TARGET_DIR: target,
      LIBCLANG_PATH: path.join(clang, 'clang', 'native'),
      BINDGEN_EXTRA_CLANG_ARGS: `-isystem ${headers}`,
    });
    await run('strip', ['-o', path.join(into, library), path.join(target, 'debug', library)]);
    await copyOpenSsl(path.join(target, 'debug', library), into);
    copyFileSync(path.join(sources, 'webrtc.gdextension'), path.join(into, 'webrtc.gdextension'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Beside the library, since a Godot that was fetched does not look into this system's folders. */
async function copyOpenSsl(built: string, into: string): Promise<void> {
  const { stdout } = await run('ldd', [built]);
  for (const [, name = '', file = ''] of stdout.matchAll(/(lib(?:ssl|crypto)\.so\S*) => (\S+)/g))
    if (existsSync(file)) copyFileSync(file, path.join(into, name));
}
