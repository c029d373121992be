import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';

// Each starts Node, and reads all tools.
jest.setTimeout(120_000);

/** Nothing can be found there, nor fetched. */
const nowhere = { GODOT_BIN: '/nowhere/godot', GODOT_RTC: '/nowhere/rtc', PATH: '/nowhere' };

test.each([
  ['with CI set an error', { CI: '1' }, 1],
  ['else a sentence', { CI: '' }, 0],
])('a Godot that is missing is %s', (_title, env, exitCode) => {
  const command = [path.join('tools', 'bootstrap.js'), 'tools/test-godot'];
  const options = { cwd: projectDir, env: { ...process.env, ...nowhere, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  expect(status).toBe(exitCode);
  expect(stderr).toContain('GODOT_BIN is /nowhere/godot, and there is no such file.');
  expect(stdout.includes('The Godot addon was not tested.')).toBe(exitCode === 0);
  expect(stdout).not.toContain(' passed, ');
});
