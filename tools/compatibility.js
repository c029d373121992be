// `npm run compatibility -- --times 20`: every variant of the addon by every way in, so many times in a row.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, rooms: { type: 'string', default: '54' } },
});
const bootstrap = fileURLToPath(new URL('bootstrap.js', import.meta.url));
const { status } = spawnSync(process.execPath, [bootstrap, 'tools/test', 'test/addon'], {
  stdio: 'inherit',
  env: { ...process.env, ADDON_TIMES: values.times, ADDON_ROOMS: values.rooms },
});
process.exit(status ?? 1);
